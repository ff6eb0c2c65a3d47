import datetime

import django.contrib.postgres.fields
import django.core.validators
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
            name="Mistake",
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
                ("step", models.CharField(blank=True, editable=False, max_length=40)),
                ("finished_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("idle_answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "title",
                    journal.privacy.fields.WordsField(
                        max_length=120, verbose_name="What would you like to call it?"
                    ),
                ),
                (
                    "occurred_on",
                    models.DateField(blank=True, null=True, verbose_name="When was it?"),
                ),
                (
                    "expected",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What did you expect?"
                    ),
                ),
                (
                    "what_happened",
                    journal.privacy.fields.WordsField(
                        max_length=1000, verbose_name="What happened?"
                    ),
                ),
                (
                    "intensity_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="How heavy is it?",
                    ),
                ),
                (
                    "conditions",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What made it more likely"
                    ),
                ),
                (
                    "my_part",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="Your part"
                    ),
                ),
                (
                    "not_mine",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="Not your part"
                    ),
                ),
                (
                    "repair",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What you could put right"
                    ),
                ),
                (
                    "repair_on",
                    models.DateField(blank=True, null=True, verbose_name="When will you do it?"),
                ),
                ("repair_done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "forgiveness_note",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What you’re letting go of"
                    ),
                ),
                (
                    "if_situation",
                    journal.privacy.fields.WordsField(
                        max_length=140, verbose_name="If this comes up"
                    ),
                ),
                (
                    "then_action",
                    journal.privacy.fields.WordsField(max_length=140, verbose_name="then I will"),
                ),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("work", "Work"),
                                ("study", "Study"),
                                ("family", "Family"),
                                ("partner", "Partner"),
                                ("friends", "Friends"),
                                ("health", "Health"),
                                ("money", "Money"),
                                ("time", "Time"),
                                ("digital", "Digital life"),
                                ("body", "Body and space"),
                                ("belongings", "Belongings"),
                                ("self", "Myself"),
                                ("other", "Something else"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
                        verbose_name="Where might this come up again?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("examined", "Looked at"),
                            ("at_rest", "Closed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=8,
                    ),
                ),
                (
                    "intensity_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="How heavy is it now?",
                    ),
                ),
                ("rested_on", models.DateField(blank=True, editable=False, null=True)),
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
                "verbose_name": "mistake",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "-id"],
                        name="mistake_newest_first",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="mistake_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(
                                ("areas__len__gte", 1),
                                ("if_situation__isnull", False),
                                ("then_action__isnull", False),
                                ("title__isnull", False),
                                ("what_happened__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mistake_is_whole",
                        violation_error_message="Some answers are still missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="mistake_draft_until_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "areas__contained_by",
                                [
                                    "work",
                                    "study",
                                    "family",
                                    "partner",
                                    "friends",
                                    "health",
                                    "money",
                                    "time",
                                    "digital",
                                    "body",
                                    "belongings",
                                    "self",
                                    "other",
                                ],
                            )
                        ),
                        name="mistake_in_known_areas",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_on", None),
                            ("occurred_on__gte", datetime.date(1900, 1, 1)),
                            _connector="OR",
                        ),
                        name="mistake_within_living_memory",
                        violation_error_message="Choose a day from 1900 on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intensity_before", None),
                            ("intensity_before__lte", 10),
                            _connector="OR",
                        ),
                        name="mistake_heaviness_to_ten",
                        violation_error_message="Choose a number from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intensity_after", None),
                            models.Q(("intensity_after__lte", 10), ("state", "at_rest")),
                            _connector="OR",
                        ),
                        name="mistake_heaviness_at_rest",
                        violation_error_message="Choose a number from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repair__isnull", False),
                            models.Q(("repair_done_at", None), ("repair_on", None)),
                            _connector="OR",
                        ),
                        name="mistake_day_has_a_repair",
                        violation_error_message="Write what it is, or leave the day empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rested_on__isnull", False), ("state", "at_rest")),
                            models.Q(
                                models.Q(("state", "at_rest"), _negated=True), ("rested_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="mistake_at_rest_since_a_day",
                    ),
                ],
            },
        ),
    ]
