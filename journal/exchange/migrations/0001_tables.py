import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("failed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "refusal",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=1000),
                ),
                (
                    "passphrase",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=200),
                ),
                (
                    "name",
                    journal.privacy.fields.WordsField(
                        editable=False, max_length=200, verbose_name="File"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, editable=False)),
                ("looked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "found",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=50000),
                ),
                ("begun_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("keeps_both_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="imports_newest_first")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="import_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begun_at", None), ("looked_at__isnull", False), _connector="OR"
                        ),
                        name="import_looked_through_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None), ("begun_at__isnull", False), _connector="OR"
                        ),
                        name="import_done_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at", None), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="import_undone_after_it_was_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passphrase__isnull", True),
                            models.Q(("done_at", None), ("failed_at", None)),
                            _connector="OR",
                        ),
                        name="import_passphrase_until_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedRows",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("table", models.CharField(editable=False, max_length=60)),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), editable=False, size=None
                    ),
                ),
                (
                    "brought_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="exchange.import",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported_rows",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rows of an import",
                "indexes": [models.Index(fields=["owner", "brought_by"], name="rows_by_import")],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("failed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "refusal",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=1000),
                ),
                (
                    "passphrase",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=200),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("everything", "ZIP with everything"),
                            ("document", "One printable document"),
                            ("figures", "Figures only"),
                        ],
                        default="everything",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "left_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ready_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("expires_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("size", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ("items", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "indexes": [
                    models.Index(fields=["owner", "-created_at"], name="exports_newest_first")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expires_at", None),
                                ("items", None),
                                ("ready_at", None),
                                ("size", None),
                            ),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("items__isnull", False),
                                ("ready_at__isnull", False),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="export_ready_for_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("passphrase__isnull", True),
                            models.Q(("failed_at", None), ("ready_at", None)),
                            _connector="OR",
                        ),
                        name="export_passphrase_until_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["everything", "document", "figures"])),
                        name="export_in_a_known_format",
                    ),
                ],
            },
        ),
    ]
