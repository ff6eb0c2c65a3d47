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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KindnessStarter",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=200)),
            ],
            options={
                "verbose_name": "kind words to start from",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SelfCompassion",
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
                    "mode",
                    models.CharField(
                        choices=[
                            ("break", "A break"),
                            ("full", "Step by step"),
                            ("letter", "A letter"),
                        ],
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("occurred_on", models.DateField(editable=False)),
                ("occurred_zone", models.CharField(editable=False, max_length=64)),
                (
                    "occurred_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "trigger",
                    journal.privacy.fields.WordsField(max_length=500, verbose_name="The moment"),
                ),
                (
                    "critical_thought",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="The harsh voice said"
                    ),
                ),
                (
                    "feeling",
                    models.CharField(
                        choices=[
                            ("ashamed", "Ashamed"),
                            ("anxious", "Anxious"),
                            ("sad", "Sad"),
                            ("angry", "Angry"),
                            ("guilty", "Guilty"),
                            ("lonely", "Lonely"),
                            ("disappointed", "Disappointed"),
                            ("overwhelmed", "Overwhelmed"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="The feeling",
                    ),
                ),
                (
                    "feeling_other",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=40, verbose_name="Or in your own words"
                    ),
                ),
                (
                    "intensity_before",
                    models.PositiveSmallIntegerField(null=True, verbose_name="How strong is it?"),
                ),
                (
                    "evidence_for",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What supports it"
                    ),
                ),
                (
                    "evidence_against",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="What doesn’t"
                    ),
                ),
                (
                    "friend_words",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=1000, verbose_name="What you’d say to a friend"
                    ),
                ),
                (
                    "common_humanity",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="Who else goes through this"
                    ),
                ),
                (
                    "kinder_thought",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="A kinder thought"
                    ),
                ),
                (
                    "kind_action",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=200, verbose_name="Something kind"
                    ),
                ),
                (
                    "kind_action_done_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "letter_body",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=6000, verbose_name="Your letter"
                    ),
                ),
                (
                    "intensity_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="How strong is it now?"
                    ),
                ),
                (
                    "felt_worse",
                    models.BooleanField(default=False, verbose_name="It feels worse than before"),
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
                "verbose_name": "hard moment",
                "indexes": [
                    models.Index(
                        condition=models.Q(("deleted_at", None)),
                        fields=["owner", "-occurred_on", "-id"],
                        name="selfcompassion_newest_first",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("id", "owner"), name="selfcompassion_and_owner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["break", "full", "letter"])),
                        name="selfcompassion_in_a_known_mode",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(
                                ("intensity_before__isnull", False),
                                ("trigger__isnull", False),
                                models.Q(("feeling", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="selfcompassion_is_whole",
                        violation_error_message="Some answers are still missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(("mode", "full"), _negated=True),
                            ("critical_thought__isnull", False),
                            _connector="OR",
                        ),
                        name="selfcompassion_full_has_the_thought",
                        violation_error_message="Write what the harsh voice said.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "feeling__in",
                                [
                                    "",
                                    "ashamed",
                                    "anxious",
                                    "sad",
                                    "angry",
                                    "guilty",
                                    "lonely",
                                    "disappointed",
                                    "overwhelmed",
                                    "other",
                                ],
                            )
                        ),
                        name="selfcompassion_names_a_known_feeling",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_at", None),
                            models.Q(("feeling", "other"), _negated=True),
                            ("feeling_other__isnull", False),
                            _connector="OR",
                        ),
                        name="selfcompassion_other_in_own_word",
                        violation_error_message="Name it in your own words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("intensity_before", None),
                                ("intensity_before__lte", 10),
                                _connector="OR",
                            ),
                            models.Q(
                                ("intensity_after", None),
                                ("intensity_after__lte", 10),
                                _connector="OR",
                            ),
                        ),
                        name="selfcompassion_strength_up_to_ten",
                        violation_error_message="Choose a number from 0 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind_action_done_at", None),
                            ("kind_action__isnull", False),
                            _connector="OR",
                        ),
                        name="selfcompassion_done_is_an_act",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("occurred_on__gte", datetime.date(1900, 1, 1))),
                        name="selfcompassion_in_living_memory",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StarterMark",
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
                    "mark",
                    models.CharField(
                        choices=[("fits", "Fits"), ("little", "A little"), ("no", "Not for me")],
                        max_length=6,
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
                    "starter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="compassion.kindnessstarter",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark on a starter",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "starter"), name="one_mark_per_starter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", ["fits", "little", "no"])),
                        name="mark_is_known",
                    ),
                ],
            },
        ),
    ]
