import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("lessons", "0001_tables"),
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
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
                    "question",
                    journal.privacy.fields.WordsField(max_length=200, verbose_name="The question"),
                ),
                (
                    "area",
                    models.CharField(
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
                        verbose_name="Area",
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        blank=True, null=True, verbose_name="When do you need to decide by?"
                    ),
                ),
                (
                    "feelings",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=60, verbose_name="How do you feel?"
                    ),
                ),
                (
                    "feeling_intensity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10, "Enter a number from 0 to 10."
                            )
                        ],
                        verbose_name="How strongly, 0 to 10?",
                    ),
                ),
                (
                    "info_have",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1500, verbose_name="What do you know?"
                    ),
                ),
                (
                    "info_missing",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1500, verbose_name="What don’t you know yet?"
                    ),
                ),
                (
                    "good_enough",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What would be enough to decide?"
                    ),
                ),
                (
                    "distance_note",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="Seen from a distance"
                    ),
                ),
                (
                    "premortem",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What went wrong"
                    ),
                ),
                (
                    "cooling_off_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="Wait until"),
                ),
                (
                    "reasons",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1500, verbose_name="Why?"
                    ),
                ),
                (
                    "prediction",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What will happen, by when?"
                    ),
                ),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(
                                1, "Enter a number from 1 to 99. Nothing is quite certain."
                            ),
                            django.core.validators.MaxValueValidator(
                                99, "Enter a number from 1 to 99. Nothing is quite certain."
                            ),
                        ],
                        verbose_name="How sure are you, in per cent?",
                    ),
                ),
                (
                    "process_sound_then",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Is the way you’re deciding sound, however it turns out?",
                    ),
                ),
                ("review_on", models.DateField(null=True, verbose_name="When will you look back?")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("exploring", "Exploring"),
                            ("cooling_off", "Sleeping on it"),
                            ("decided", "Decided"),
                            ("reviewed", "Reviewed"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=11,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, editable=False, null=True)),
                ("dropped_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "hidden_lessons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
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
                "verbose_name": "decision",
            },
        ),
        migrations.CreateModel(
            name="Option",
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
                ("place", models.PositiveSmallIntegerField(editable=False)),
                ("name", journal.privacy.fields.WordsField(max_length=120, verbose_name="Option")),
                (
                    "pros",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=800, verbose_name="What it gives you"
                    ),
                ),
                (
                    "cons",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=800, verbose_name="What it costs you"
                    ),
                ),
                (
                    "consequences",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=800, verbose_name="What it leads to"
                    ),
                ),
                (
                    "value_fit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                10, "Enter a number from 0 to 10."
                            )
                        ],
                        verbose_name="How well it fits what matters to you, 0 to 10",
                    ),
                ),
                (
                    "reversibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("easy", "Easy to undo"),
                            ("costly", "Costly to undo"),
                            ("one_way", "Can’t be undone"),
                        ],
                        max_length=7,
                        verbose_name="Can it be undone?",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="options",
                        to="decisions.decision",
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
                "verbose_name": "option",
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="option_and_owner"),
                    models.UniqueConstraint(fields=("id", "decision"), name="option_and_decision"),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("owner", "decision", "place"),
                        name="one_option_per_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 6)),
                        name="at_most_six_options",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__isnull", False)),
                        name="option_has_a_name",
                        violation_error_message="Give the option a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value_fit", None), ("value_fit__lte", 10), _connector="OR"
                        ),
                        name="option_fit_out_of_ten",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="chosen_option",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="decisions.option",
            ),
        ),
        migrations.CreateModel(
            name="ValueInPlay",
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
                ("place", models.PositiveSmallIntegerField(editable=False)),
                ("name", journal.privacy.fields.WordsField(max_length=40)),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="values_in_play",
                        to="decisions.decision",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values_in_play",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.value",
                    ),
                ),
            ],
            options={
                "verbose_name": "value that matters",
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "decision", "value"), name="value_in_play_once"
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("owner", "decision", "place"),
                        name="one_value_in_play_per_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 3)),
                        name="at_most_three_in_play",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
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
                    "thought",
                    journal.privacy.fields.WordsField(
                        max_length=1000, verbose_name="Your later thought"
                    ),
                ),
                ("written_on", models.DateField(editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addenda",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addenda",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "later thought",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["owner", "decision", "id"], name="addendum_by_decision")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("thought__isnull", False)),
                        name="addendum_has_words",
                        violation_error_message="Write a few words, or cancel.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionReview",
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
                (
                    "if_situation",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="If this comes up"
                    ),
                ),
                (
                    "then_action",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="then I will"
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="decisions.decision",
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="lessons.lesson",
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
                "verbose_name": "review of a decision",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "decision"), name="one_review_per_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(
                                ("process_sound_now__isnull", False),
                                ("reviewed_on__isnull", False),
                                models.Q(("prediction_result", ""), _negated=True),
                                models.Q(("outcome_quality", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_is_whole",
                        violation_error_message="Some answers are still missing.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=["owner", "state"],
                name="decision_by_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("id", "owner"), name="decision_and_owner"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at", None),
                    models.Q(
                        ("chosen_option__isnull", False),
                        ("decided_on__isnull", False),
                        ("question__isnull", False),
                        ("review_on__isnull", False),
                        models.Q(("area", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decision_is_whole",
                violation_error_message="Some answers are still missing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at", None), ("state__in", ["draft", "exploring", "cooling_off"])
                    ),
                    models.Q(
                        ("finished_at__isnull", False), ("state__in", ["decided", "reviewed"])
                    ),
                    ("state", "dropped"),
                    _connector="OR",
                ),
                name="decision_decided_once_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_on__isnull", False), ("state", "dropped")),
                    models.Q(models.Q(("state", "dropped"), _negated=True), ("dropped_on", None)),
                    _connector="OR",
                ),
                name="decision_dropped_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cooling_off"), _negated=True),
                    ("cooling_off_until__isnull", False),
                    _connector="OR",
                ),
                name="decision_cools_off_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("feeling_intensity", None), ("feeling_intensity__lte", 10), _connector="OR"
                ),
                name="decision_feeling_out_of_ten",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence", None),
                    models.Q(("confidence__gte", 1), ("confidence__lte", 99)),
                    _connector="OR",
                ),
                name="decision_confidence_1_to_99",
                violation_error_message="Enter a number from 1 to 99. Nothing is quite certain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at", None),
                    models.Q(("confidence", None), ("prediction__isnull", True)),
                    models.Q(("confidence__isnull", False), ("prediction__isnull", False)),
                    _connector="OR",
                ),
                name="decision_predicts_with_confidence",
                violation_error_message="Enter how sure you are, or leave out the prediction.",
            ),
        ),
    ]
