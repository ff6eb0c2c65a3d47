import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership
from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("decisions", "0003_lock_what_is_decided"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierReview",
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
                    "process_sound_now",
                    models.BooleanField(null=True, verbose_name="Was the way you decided sound?"),
                ),
                (
                    "prediction_result",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("unclear", "It isn’t clear"),
                            ("none_made", "There was no prediction"),
                        ],
                        max_length=9,
                        verbose_name="Did it come true?",
                    ),
                ),
                (
                    "outcome_quality",
                    models.CharField(
                        choices=[("good", "Well"), ("poor", "Badly"), ("mixed", "Mixed")],
                        max_length=5,
                        verbose_name="How did it turn out?",
                    ),
                ),
                (
                    "outcome",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1500, verbose_name="What came of it?"
                    ),
                ),
                (
                    "luck",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        max_length=500,
                        verbose_name="What was down to luck, good or bad?",
                    ),
                ),
                (
                    "learned",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        max_length=1000,
                        verbose_name="What would you tell the person who decided this?",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_reviews",
                        to="decisions.decision",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of a review",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "decision", "number"), name="earlier_review_once"
                    )
                ],
            },
        ),
        EnableRowLevelSecurity("earlierreview"),
        SameOwnerForeignKey("earlierreview", column="decision_id", parent="decisions_decision"),
    ]
