import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership
from journal.privacy.migration_operations import EnableRowLevelSecurity
from journal.sharing.policies import CoachsOwn


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_session_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteTemplate",
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
                ("name", journal.privacy.fields.WordsField(max_length=60, verbose_name="Name")),
                (
                    "lines",
                    journal.privacy.fields.WordsField(max_length=2000, verbose_name="Its lines"),
                ),
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
                "verbose_name": "template for notes",
                "indexes": [models.Index(fields=["owner", "id"], name="note_template_by_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lines__isnull", False), ("name__isnull", False)),
                        name="note_template_has_words",
                    )
                ],
            },
        ),
        EnableRowLevelSecurity("notetemplate"),
        CoachsOwn("notetemplate"),
    ]
