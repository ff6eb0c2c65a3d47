import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("promises", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyCheck",
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
                ("date", models.DateField(verbose_name="Day")),
                ("written_zone", models.CharField(editable=False, max_length=64)),
                (
                    "trust",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Barely"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Fully"),
                        ],
                        null=True,
                        verbose_name="How far did you trust yourself today?",
                    ),
                ),
                (
                    "credit",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=200, verbose_name="One thing to your credit"
                    ),
                ),
                (
                    "visit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No"),
                            ("boundary", "A line was crossed"),
                            ("critic", "A harsh voice"),
                        ],
                        max_length=8,
                        verbose_name="Did anything cross a line, or a harsh voice visit?",
                    ),
                ),
                ("visit_let_go_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "days_away",
                    models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="daily_checks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "daily check",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "date"), name="one_daily_check_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trust", None), ("trust__range", (1, 5)), _connector="OR"
                        ),
                        name="daily_trust_one_to_five",
                        violation_error_message="Choose one of the five.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visit__in", ["", "none", "boundary", "critic"])),
                        name="daily_visit_known",
                        violation_error_message="Choose one of the three.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_away", None), ("days_away__gte", 1), _connector="OR"
                        ),
                        name="daily_days_away_not_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfRating",
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
                ("taken_on", models.DateField(editable=False)),
                (
                    "q1",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Very"),
                        ],
                        help_text="Decision-making",
                        null=True,
                        verbose_name="I could make my own choices and stand by how I made them.",
                    ),
                ),
                (
                    "q2",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Very"),
                        ],
                        help_text="Resilience",
                        null=True,
                        verbose_name="When things went wrong, I expected to find my way back.",
                    ),
                ),
                (
                    "q3",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Very"),
                        ],
                        help_text="Authenticity",
                        null=True,
                        verbose_name="What I did mostly matched what matters to me.",
                    ),
                ),
                (
                    "q4",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Very"),
                        ],
                        help_text="Emotional well-being",
                        null=True,
                        verbose_name="I could notice doubt without it running my day.",
                    ),
                ),
                (
                    "q5",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Not at all"),
                            (2, "A little"),
                            (3, "Partly"),
                            (4, "Mostly"),
                            (5, "Very"),
                        ],
                        help_text="Empowerment",
                        null=True,
                        verbose_name="I acted on something that was mine to change.",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "check-up",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("owner", "taken_on"),
                        name="one_rating_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q1", None),
                            ("q2", None),
                            ("q3", None),
                            ("q4", None),
                            ("q5", None),
                            _negated=True,
                        ),
                        name="rating_has_an_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q1", None), models.Q(("q1__gte", 1), ("q1__lte", 5)), _connector="OR"
                        ),
                        name="rating_q1_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q2", None), models.Q(("q2__gte", 1), ("q2__lte", 5)), _connector="OR"
                        ),
                        name="rating_q2_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q3", None), models.Q(("q3__gte", 1), ("q3__lte", 5)), _connector="OR"
                        ),
                        name="rating_q3_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q4", None), models.Q(("q4__gte", 1), ("q4__lte", 5)), _connector="OR"
                        ),
                        name="rating_q4_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("q5", None), models.Q(("q5__gte", 1), ("q5__lte", 5)), _connector="OR"
                        ),
                        name="rating_q5_one_to_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeeklyReflection",
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
                ("week_start", models.DateField(editable=False)),
                ("written_zone", models.CharField(editable=False, max_length=64)),
                (
                    "snapshot",
                    journal.privacy.fields.WordsField(
                        blank=True, editable=False, max_length=500000
                    ),
                ),
                ("frozen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("skipped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "plan_helped",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("bit", "A bit"),
                            ("no", "Not really"),
                            ("forgot", "I forgot about it"),
                        ],
                        max_length=6,
                        verbose_name="Did that make it easier?",
                    ),
                ),
                (
                    "sentence_of_week",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="The week in a sentence"
                    ),
                ),
                (
                    "kept_days",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What helped"
                    ),
                ),
                (
                    "easier",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What would make it easier"
                    ),
                ),
                (
                    "changes",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=10000),
                ),
                (
                    "rely_on",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What you can rely on in yourself"
                    ),
                ),
                (
                    "protected",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=1000,
                        verbose_name="What you protected",
                    ),
                ),
                (
                    "kinder_words",
                    journal.privacy.fields.WordsField(
                        blank=True, editable=False, max_length=1000, verbose_name="The kinder words"
                    ),
                ),
                (
                    "process",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=1000,
                        verbose_name="A decision you made the way you wanted to",
                    ),
                ),
                (
                    "lesson_helped",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=1000,
                        verbose_name="Where a lesson helped, or could have",
                    ),
                ),
                (
                    "next_choice",
                    models.CharField(
                        choices=[
                            ("promise", "One small promise"),
                            ("smaller", "A smaller version"),
                            ("keep", "The ones you have"),
                            ("rest", "A rest week"),
                        ],
                        max_length=7,
                        verbose_name="Next week",
                    ),
                ),
                (
                    "next_statement",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="The promise"
                    ),
                ),
                (
                    "next_promise",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="promises.promise",
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
                "verbose_name": "weekly reflection",
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="week_and_owner"),
                    models.UniqueConstraint(
                        fields=("owner", "week_start"), name="one_reflection_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frozen_at__isnull", False), ("snapshot__isnull", False)),
                            models.Q(
                                ("frozen_at", None),
                                ("skipped_at__isnull", False),
                                ("snapshot__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="week_frozen_once_started",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None), ("skipped_at", None), _connector="OR"
                        ),
                        name="week_finished_or_skipped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_choice__in", ["", "promise", "smaller", "keep", "rest"])
                        ),
                        name="week_next_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(("next_choice", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="week_is_whole",
                        violation_error_message="Something is still to be answered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(("next_choice__in", ["promise", "smaller"]), _negated=True),
                            ("next_statement__isnull", False),
                            _connector="OR",
                        ),
                        name="week_promises_in_words",
                        violation_error_message="Say what the promise is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_promise", None),
                            ("next_choice__in", ["promise", "smaller"]),
                            _connector="OR",
                        ),
                        name="week_promise_was_chosen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("plan_helped__in", ["", "yes", "bit", "no", "forgot"])),
                        name="week_plan_helped_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week_start__gte", datetime.date(1900, 1, 1))),
                        name="week_in_living_memory",
                    ),
                ],
            },
        ),
    ]
