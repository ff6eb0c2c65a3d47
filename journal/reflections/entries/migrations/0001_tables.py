import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership
import journal.reflections.entries.prompts.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Prompt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promises", "Promises"),
                            ("boundaries", "Boundaries"),
                            ("compassion", "Self-compassion"),
                            ("decisions", "Decisions"),
                            ("mistakes", "Mistakes"),
                        ],
                        max_length=10,
                        verbose_name="Practice",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="Prompt")),
            ],
            options={
                "verbose_name": "prompt",
                "ordering": ["pk"],
            },
            bases=(journal.reflections.entries.prompts.models.Offered, models.Model),
        ),
        migrations.CreateModel(
            name="OwnPrompt",
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
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promises", "Promises"),
                            ("boundaries", "Boundaries"),
                            ("compassion", "Self-compassion"),
                            ("decisions", "Decisions"),
                            ("mistakes", "Mistakes"),
                        ],
                        max_length=10,
                        verbose_name="Practice",
                    ),
                ),
                ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_prompts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "own prompt",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "id"],
                        name="own_prompts_live",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="own_prompt_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(("text__isnull", False)), name="own_prompt_has_words"
                    ),
                ],
            },
            bases=(journal.reflections.entries.prompts.models.Offered, models.Model),
        ),
        migrations.CreateModel(
            name="HiddenPrompt",
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
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hidden_prompts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="entries.prompt",
                    ),
                ),
            ],
            options={
                "verbose_name": "hidden prompt",
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "prompt"), name="hidden_prompt_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryTemplate",
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
                        related_name="entry_templates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "template",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "id"],
                        name="entry_templates_live",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lines__isnull", False), ("name__isnull", False)),
                        name="entry_template_has_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
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
                ("name", journal.privacy.fields.WordsField(max_length=40, verbose_name="Tag")),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "indexes": [models.Index(fields=["owner", "id"], name="tags_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="tag_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(("name__isnull", False)), name="tag_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                    "title",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=120, verbose_name="Title"
                    ),
                ),
                (
                    "body",
                    journal.privacy.fields.WordsField(max_length=20000, verbose_name="Your entry"),
                ),
                ("written_on", models.DateField(verbose_name="Day")),
                ("written_zone", models.CharField(editable=False, max_length=64)),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, null=True
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promises", "Promises"),
                            ("boundaries", "Boundaries"),
                            ("compassion", "Self-compassion"),
                            ("decisions", "Decisions"),
                            ("mistakes", "Mistakes"),
                        ],
                        max_length=10,
                        verbose_name="Practice",
                    ),
                ),
                (
                    "intensity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="How strong was the feeling?",
                    ),
                ),
                (
                    "mood",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=40, verbose_name="A word for your mood"
                    ),
                ),
                (
                    "quiet",
                    models.BooleanField(
                        default=False,
                        help_text="It stays in your journal and in search, but we won’t bring it up "
                        "anywhere else.",
                        verbose_name="Don't show on Today",
                    ),
                ),
                ("sitting", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "unsorted",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="To sort later"
                    ),
                ),
                (
                    "favourite",
                    models.BooleanField(default=False, editable=False, verbose_name="Favourite"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "own_prompt",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="entries.ownprompt",
                        verbose_name="Prompt",
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="entries.prompt",
                        verbose_name="Prompt",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "-written_on", "-created_at", "-id"],
                        name="entry_newest_first",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["owner", "-deleted_at"],
                        name="entry_trash",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("deleted_at", None), models.Q(("practice", ""), _negated=True)
                        ),
                        fields=["owner", "practice", "-written_on", "-created_at", "-id"],
                        name="entry_by_practice",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("unsorted", True)),
                        fields=["owner", "-written_on", "-created_at", "-id"],
                        name="entry_to_sort",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("favourite", True)),
                        fields=["owner", "-written_on", "-created_at", "-id"],
                        name="entry_favourite",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("mood__isnull", False)),
                        fields=["owner", "-created_at"],
                        name="entry_with_mood",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="entry_and_owner"),
                    models.CheckConstraint(
                        condition=models.Q(("body__isnull", False)), name="entry_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("written_on__gte", datetime.date(1900, 1, 1))),
                        name="entry_within_living_memory",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intensity", None), ("intensity__lte", 10), _connector="OR"
                        ),
                        name="entry_intensity_to_ten",
                        violation_error_message="Choose a number from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prompt", None), ("own_prompt", None), _connector="OR"),
                        name="entry_of_one_prompt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierVersion",
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
                ("number", models.PositiveIntegerField()),
                (
                    "title",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=120, verbose_name="Title"
                    ),
                ),
                (
                    "body",
                    journal.privacy.fields.WordsField(max_length=20000, verbose_name="Your entry"),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_versions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="entries.entry",
                    ),
                ),
                (
                    "intensity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10)],
                        verbose_name="How strong was the feeling?",
                    ),
                ),
                (
                    "mood",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=40, verbose_name="A word for your mood"
                    ),
                ),
                (
                    "quiet",
                    models.BooleanField(
                        default=False,
                        help_text="It stays in your journal and in search, but we won’t bring it up "
                        "anywhere else.",
                        verbose_name="Don't show on Today",
                    ),
                ),
                (
                    "own_prompt",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="entries.ownprompt",
                        verbose_name="Prompt",
                    ),
                ),
                (
                    "practice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("promises", "Promises"),
                            ("boundaries", "Boundaries"),
                            ("compassion", "Self-compassion"),
                            ("decisions", "Decisions"),
                            ("mistakes", "Mistakes"),
                        ],
                        max_length=10,
                        verbose_name="Practice",
                    ),
                ),
                (
                    "prompt",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="entries.prompt",
                        verbose_name="Prompt",
                    ),
                ),
                (
                    "tags",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=840, verbose_name="Tags"
                    ),
                ),
                ("written_on", models.DateField(null=True, verbose_name="Day")),
            ],
            options={
                "verbose_name": "earlier version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "entry", "number"), name="earlier_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body__isnull", False)), name="earlier_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intensity", None), ("intensity__lte", 10), _connector="OR"
                        ),
                        name="earlier_intensity_to_ten",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prompt", None), ("own_prompt", None), _connector="OR"),
                        name="earlier_of_one_prompt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryTag",
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
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entry_tags",
                        to="entries.entry",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entry_tags",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entry_tags",
                        to="entries.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag of an entry",
                "ordering": ["place"],
                "indexes": [
                    models.Index(fields=["owner", "tag", "entry"], name="entries_of_a_tag")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "entry", "tag"), name="tag_of_an_entry_once"
                    ),
                    models.UniqueConstraint(
                        fields=("owner", "entry", "place"), name="one_tag_of_an_entry_per_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 20)),
                        name="at_most_twenty_tags_of_an_entry",
                        violation_error_message="An entry can have up to 20 tags.",
                    ),
                ],
            },
        ),
    ]
