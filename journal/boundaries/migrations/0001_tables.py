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
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Boundary",
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
                    "limit",
                    journal.privacy.fields.WordsField(max_length=200, verbose_name="The limit"),
                ),
                (
                    "why",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What does this protect?"
                    ),
                ),
                (
                    "my_action",
                    journal.privacy.fields.WordsField(
                        max_length=200, verbose_name="If it’s crossed, I will"
                    ),
                ),
                (
                    "facts",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What happens"
                    ),
                ),
                (
                    "impact",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What it does to me"
                    ),
                ),
                (
                    "ask",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What I ask for, or refuse"
                    ),
                ),
                (
                    "benefit",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What gets better"
                    ),
                ),
                (
                    "repeat_line",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="The line I repeat"
                    ),
                ),
                (
                    "flex",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="Where I can bend"
                    ),
                ),
                (
                    "communication",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "I’m going to say it"),
                            ("told", "I’ve said it"),
                            ("not_needed", "It doesn’t need saying"),
                            ("private", "I’m keeping it to myself"),
                        ],
                        max_length=10,
                        verbose_name="Will you say it?",
                    ),
                ),
                (
                    "person_label",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        help_text="A nickname or initials will do.",
                        max_length=40,
                        verbose_name="To whom?",
                    ),
                ),
                ("tell_on", models.DateField(blank=True, null=True, verbose_name="When?")),
                (
                    "tell_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("call", "A call"),
                            ("message", "A message"),
                            ("letter", "A letter"),
                        ],
                        max_length=9,
                        verbose_name="How?",
                    ),
                ),
                (
                    "review_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        verbose_name="When would you like to be asked if it still fits?",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Not said yet"),
                            ("active", "In place"),
                            ("under_review", "Worth another look"),
                            ("retired", "Archived"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                    ),
                ),
                (
                    "retire_reason",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=200, verbose_name="Why are you archiving it?"
                    ),
                ),
                ("retired_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boundaries",
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
                "verbose_name": "boundary",
                "verbose_name_plural": "boundaries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "state"],
                        name="boundary_by_state",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="boundary_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(
                                ("limit__isnull", False),
                                ("my_action__isnull", False),
                                ("review_on__isnull", False),
                                models.Q(("area", ""), _negated=True),
                                models.Q(("communication", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="boundary_is_whole",
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
                        name="boundary_draft_until_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            ("communication", "planned"),
                            _connector="OR",
                        ),
                        name="boundary_ready_to_be_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("tell_channel", ""), ("tell_on", None)),
                            ("communication", "planned"),
                            _connector="OR",
                        ),
                        name="boundary_day_only_if_planned",
                        violation_error_message="To set a day, choose “I’m going to say it”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_on__isnull", False), ("state", "retired")),
                            models.Q(
                                models.Q(("state", "retired"), _negated=True),
                                ("retire_reason__isnull", True),
                                ("retired_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="boundary_let_go_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Crossing",
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
                ("occurred_on", models.DateField(verbose_name="When?")),
                (
                    "what_happened",
                    journal.privacy.fields.WordsField(
                        max_length=1000, verbose_name="What happened?"
                    ),
                ),
                (
                    "was_clear",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=6,
                        verbose_name="Was the limit clear?",
                    ),
                ),
                (
                    "response",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What did you do?"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("held", "I held it"),
                            ("held_later", "I held it later"),
                            ("partly", "Partly"),
                            ("not_held", "Not this time"),
                            ("unsafe_to_act", "It wasn’t safe to act"),
                            ("undecided", "I haven’t decided yet"),
                        ],
                        max_length=13,
                        verbose_name="Did you hold it?",
                    ),
                ),
                (
                    "follow_up",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="What’s next?"
                    ),
                ),
                ("follow_up_on", models.DateField(blank=True, null=True, verbose_name="By when?")),
                ("follow_up_done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "boundary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crossings",
                        to="boundaries.boundary",
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
                "verbose_name": "crossing",
                "indexes": [
                    models.Index(
                        fields=["owner", "boundary", "occurred_on"], name="crossing_by_boundary"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="crossing_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("what_happened__isnull", False),
                            ("result__in", ["unsafe_to_act", "undecided"]),
                            _connector="OR",
                        ),
                        name="crossing_has_words",
                        violation_error_message="Write a few words about what happened.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occurred_on__gte", datetime.date(1900, 1, 1))),
                        name="crossing_within_living_memory",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follow_up__isnull", False),
                            models.Q(("follow_up_done_at", None), ("follow_up_on", None)),
                            _connector="OR",
                        ),
                        name="crossing_day_has_a_next_step",
                        violation_error_message="Write what comes next, or leave the day empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "unsafe_to_act"), _negated=True),
                            ("follow_up__isnull", True),
                            _connector="OR",
                        ),
                        name="crossing_asks_nothing_when_unsafe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
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
                    "told_to",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        help_text="A nickname or initials will do.",
                        max_length=40,
                        verbose_name="To whom?",
                    ),
                ),
                ("told_on", models.DateField(verbose_name="When?")),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "In person"),
                            ("call", "A call"),
                            ("message", "A message"),
                            ("letter", "A letter"),
                        ],
                        max_length=9,
                        verbose_name="How?",
                    ),
                ),
                (
                    "script_snapshot",
                    journal.privacy.fields.WordsField(blank=True, editable=False, max_length=2000),
                ),
                (
                    "reaction",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        help_text="What they said and did, rather than why.",
                        max_length=500,
                        verbose_name="What did they say?",
                    ),
                ),
                (
                    "boundary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tellings",
                        to="boundaries.boundary",
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
                "verbose_name": "telling",
                "indexes": [
                    models.Index(
                        fields=["owner", "boundary", "told_on"], name="telling_by_boundary"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("told_on__gte", datetime.date(1900, 1, 1))),
                        name="telling_within_living_memory",
                    )
                ],
            },
        ),
    ]
