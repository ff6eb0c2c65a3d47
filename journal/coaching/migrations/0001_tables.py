import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sharing", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoachNote",
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
                (
                    "body",
                    journal.privacy.fields.WordsField(
                        max_length=8000, verbose_name="Private to you"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="sharing.client",
                    ),
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
                "verbose_name": "note",
                "indexes": [
                    models.Index(fields=["owner", "client", "-created_at"], name="note_by_client")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("body__isnull", False)), name="note_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LibraryPrompt",
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
                (
                    "text",
                    journal.privacy.fields.WordsField(max_length=300, verbose_name="Your prompt"),
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
                "verbose_name": "prompt of a coach",
                "indexes": [models.Index(fields=["owner", "-created_at"], name="library_by_day")],
            },
        ),
    ]
