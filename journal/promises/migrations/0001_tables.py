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
        ("lessons", "0001_tables"),
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Promise",
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
                    "cadence",
                    models.CharField(
                        choices=[
                            ("daily", "Every day"),
                            ("weekdays", "On certain days"),
                            ("times_per_week", "A few times a week"),
                            ("once", "Once"),
                        ],
                        max_length=14,
                        verbose_name="How often?",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (0, "Monday"),
                                (1, "Tuesday"),
                                (2, "Wednesday"),
                                (3, "Thursday"),
                                (4, "Friday"),
                                (5, "Saturday"),
                                (6, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Which days?",
                    ),
                ),
                (
                    "times_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ],
                        verbose_name="How many times a week?",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="On which day?")),
                (
                    "statement",
                    journal.privacy.fields.WordsField(
                        max_length=140, verbose_name="What will you do?"
                    ),
                ),
                (
                    "why",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="Why does it matter to you?"
                    ),
                ),
                (
                    "smallest_version",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="What counts on a bad day?"
                    ),
                ),
                (
                    "cue",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="After …"
                    ),
                ),
                (
                    "action",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="I will …"
                    ),
                ),
                (
                    "obstacle",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="What might get in the way?"
                    ),
                ),
                (
                    "coping_response",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=140, verbose_name="And then I will"
                    ),
                ),
                ("starts_on", models.DateField(null=True, verbose_name="From which day?")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave it empty for no end.",
                        null=True,
                        verbose_name="Until when?",
                    ),
                ),
                (
                    "reserve_per_month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(6)],
                        verbose_name="Days off a month",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("completed", "Completed"),
                            ("retired", "Let go"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "pause_reason",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        help_text="A note to yourself.",
                        max_length=200,
                        verbose_name="Why pause?",
                    ),
                ),
                (
                    "resume_on",
                    models.DateField(
                        blank=True,
                        help_text="Nothing restarts by itself.",
                        null=True,
                        verbose_name="When would you like to be asked?",
                    ),
                ),
                (
                    "retire_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("outgrown", "I have outgrown it"),
                            ("not_mine", "It was not mine"),
                            ("too_big", "It was too big"),
                            ("season_changed", "The season changed"),
                            ("other", "Something else"),
                        ],
                        max_length=14,
                        verbose_name="Why are you letting it go?",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, editable=False, null=True)),
                ("week_starts_on", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "declined_parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("smallest", "What counts on a bad day?"),
                                ("moment", "After what will you do it?"),
                                ("obstacle", "What might get in the way?"),
                                ("days-off", "How many days off a month?"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("looked_at_on", models.DateField(blank=True, editable=False, null=True)),
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
                (
                    "value",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.value",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "state"],
                        name="promise_by_state",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="promise_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(
                                ("starts_on__isnull", False),
                                ("statement__isnull", False),
                                models.Q(("cadence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="promise_is_whole",
                        violation_error_message="Something is still missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence__in", ["", "daily"]),
                            models.Q(
                                ("cadence", "weekdays"), models.Q(("weekdays", []), _negated=True)
                            ),
                            models.Q(
                                ("cadence", "times_per_week"),
                                ("times_per_week__gte", 1),
                                ("times_per_week__isnull", False),
                                ("times_per_week__lte", 7),
                            ),
                            models.Q(("cadence", "once"), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="promise_rhythm_fits",
                        violation_error_message="Choose the days, how many times, or the day.",
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
                        name="promise_draft_until_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="promise_ends_after_start",
                        violation_error_message="It ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reserve_per_month__lte", 6)),
                        name="promise_reserve_at_most_six",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False), ("state__in", ["completed", "retired"])
                            ),
                            models.Q(
                                ("ended_on", None), ("state__in", ["draft", "active", "paused"])
                            ),
                            _connector="OR",
                        ),
                        name="promise_ended_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "retired"), models.Q(("retire_reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "retired"), _negated=True), ("retire_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="promise_let_go_with_a_reason",
                        violation_error_message="Choose a reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
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
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("kept", "Kept"),
                            ("kept_small", "Kept small"),
                            ("missed", "Missed"),
                            ("excused", "Life happened"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "excuse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ill", "Ill"),
                            ("emergency", "Emergency"),
                            ("travel", "Travel"),
                            ("spare_day", "A planned day off"),
                            ("other", "Something else"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "note",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What was true that day?"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checkins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checkins",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "indexes": [models.Index(fields=["owner", "due_on"], name="checkin_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "promise", "due_on"), name="one_answer_per_promise_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "excused"),
                            models.Q(
                                ("excuse", ""), ("status__in", ["kept", "kept_small", "missed"])
                            ),
                            _connector="OR",
                        ),
                        name="only_excused_has_a_reason",
                        violation_error_message="Only “Life happened” has a reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromisePause",
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
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
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
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "ordering": ["from_on"],
                "indexes": [
                    models.Index(fields=["owner", "promise", "from_on"], name="pause_by_promise")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("owner", "promise"),
                        name="one_open_pause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseRevision",
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
                    "cadence",
                    models.CharField(
                        choices=[
                            ("daily", "Every day"),
                            ("weekdays", "On certain days"),
                            ("times_per_week", "A few times a week"),
                            ("once", "Once"),
                        ],
                        max_length=14,
                        verbose_name="How often?",
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (0, "Monday"),
                                (1, "Tuesday"),
                                (2, "Wednesday"),
                                (3, "Thursday"),
                                (4, "Friday"),
                                (5, "Saturday"),
                                (6, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Which days?",
                    ),
                ),
                (
                    "times_per_week",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7),
                        ],
                        verbose_name="How many times a week?",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="On which day?")),
                ("effective_on", models.DateField()),
                (
                    "reason",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=200, verbose_name="What changed?"
                    ),
                ),
                ("statement", journal.privacy.fields.WordsField(max_length=140)),
                (
                    "smallest_version",
                    journal.privacy.fields.WordsField(blank=True, max_length=140),
                ),
                (
                    "cue",
                    journal.privacy.fields.WordsField(blank=True, max_length=140),
                ),
                (
                    "action",
                    journal.privacy.fields.WordsField(blank=True, max_length=140),
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
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "ordering": ["effective_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "promise", "effective_on"), name="one_revision_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence__in", ["", "daily"]),
                            models.Q(
                                ("cadence", "weekdays"), models.Q(("weekdays", []), _negated=True)
                            ),
                            models.Q(
                                ("cadence", "times_per_week"),
                                ("times_per_week__gte", 1),
                                ("times_per_week__isnull", False),
                                ("times_per_week__lte", 7),
                            ),
                            models.Q(("cadence", "once"), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="revision_rhythm_fits",
                        violation_error_message="Choose the days, how many times, or the day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeekConfirmation",
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
                ("week_start", models.DateField()),
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
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmed week",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "promise", "week_start"), name="one_confirmation_per_week"
                    )
                ],
            },
        ),
    ]
