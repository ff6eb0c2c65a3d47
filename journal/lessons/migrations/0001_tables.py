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
            name="Lesson",
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
                        size=None,
                        verbose_name="Where might this come up again?",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "A mistake"),
                            ("decision", "A decision"),
                            ("crossing", "A crossing"),
                        ],
                        editable=False,
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("resting", "Resting"),
                            ("retired", "Archived"),
                        ],
                        default="active",
                        editable=False,
                        max_length=7,
                    ),
                ),
                ("since_on", models.DateField(editable=False)),
                ("box", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_due", models.DateField(blank=True, editable=False, null=True)),
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
                "verbose_name": "lesson",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "state", "next_due"],
                        name="lesson_by_state_and_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="lesson_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("if_situation__isnull", False), ("then_action__isnull", False)
                        ),
                        name="lesson_has_if_and_then",
                        violation_error_message="A lesson needs an “if” and a “then”.",
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
                            ),
                            ("areas__len__gte", 1),
                        ),
                        name="lesson_has_areas",
                        violation_error_message="Choose at least one area.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["", "mistake", "decision", "crossing"])),
                        name="lesson_from_a_known_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("box__lte", 4)), name="lesson_in_a_box"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_due__isnull", False), ("state", "active")),
                            models.Q(("next_due", None), ("state__in", ["resting", "retired"])),
                            _connector="OR",
                        ),
                        name="active_lessons_come_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonReturn",
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
                ("returned_on", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("useful", "Useful"),
                            ("came_up", "It came up"),
                            ("forgot", "I forgot"),
                        ],
                        max_length=7,
                    ),
                ),
                ("box_before", models.PositiveSmallIntegerField()),
                ("due_before", models.DateField()),
                (
                    "lesson",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
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
                "verbose_name": "return of a lesson",
                "indexes": [
                    models.Index(
                        fields=["owner", "lesson", "-returned_on"], name="return_by_lesson"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "returned_on"), name="one_lesson_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["useful", "came_up", "forgot"])),
                        name="return_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LessonUse",
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
                ("used_on", models.DateField(verbose_name="Which day?")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helped", "It helped"),
                            ("partly", "It partly helped"),
                            ("did_not_help", "It didn’t help"),
                            ("came_up_but_forgot", "I remembered it too late"),
                        ],
                        max_length=18,
                        verbose_name="How did it go?",
                    ),
                ),
                ("linked_kind", models.CharField(blank=True, editable=False, max_length=20)),
                ("linked_id", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "note",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=300, verbose_name="A note (optional)"
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
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
                "verbose_name": "use of a lesson",
                "indexes": [
                    models.Index(fields=["owner", "lesson", "-used_on"], name="use_by_lesson"),
                    models.Index(fields=["owner", "-used_on"], name="use_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("linked_kind", ""), _negated=True),
                        fields=("owner", "lesson", "linked_kind", "linked_id"),
                        name="one_use_a_linked_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("linked_id", None), ("linked_kind", "")),
                            models.Q(
                                models.Q(("linked_kind", ""), _negated=True),
                                ("linked_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="use_linked_by_kind_and_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "result__in",
                                ["helped", "partly", "did_not_help", "came_up_but_forgot"],
                            ),
                            models.Q(("result", ""), models.Q(("linked_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="use_has_a_result",
                        violation_error_message="Choose how it went.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
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
                ("from_kind", models.CharField(max_length=20)),
                ("from_id", models.UUIDField()),
                ("to_kind", models.CharField(max_length=20)),
                ("to_id", models.UUIDField()),
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
                "verbose_name": "thread",
                "indexes": [
                    models.Index(fields=["owner", "from_id"], name="thread_by_start"),
                    models.Index(fields=["owner", "to_id"], name="thread_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "from_kind", "from_id", "to_kind", "to_id"),
                        name="one_thread_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_id", models.F("to_id")), _negated=True),
                        name="thread_between_two",
                    ),
                ],
            },
        ),
    ]
