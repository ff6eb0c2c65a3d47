import datetime

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership
from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("promises", "0004_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Experiment",
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
                ("way_a", journal.privacy.fields.WordsField(max_length=80, verbose_name="One way")),
                (
                    "way_b",
                    journal.privacy.fields.WordsField(max_length=80, verbose_name="The other way"),
                ),
                (
                    "design",
                    models.CharField(
                        choices=[("drawn", "Drawn by lot"), ("alternating", "Taking turns")],
                        max_length=11,
                        verbose_name="Which week gets which way?",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="From which week?")),
                ("allocation", models.CharField(editable=False, max_length=12)),
                ("ended_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "stop_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stopped", "You stopped it"),
                            ("changed", "The promise changed"),
                            ("let_go", "The promise was let go"),
                        ],
                        default="",
                        editable=False,
                        max_length=7,
                    ),
                ),
                (
                    "went_on_with",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("a", "The first way"),
                            ("b", "The second way"),
                            ("neither", "As before"),
                        ],
                        default="",
                        editable=False,
                        max_length=7,
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
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experiments",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "verbose_name": "comparison of two ways",
                "indexes": [
                    models.Index(
                        fields=["owner", "promise", "starts_on"], name="experiment_by_promise"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("owner", "promise"),
                        name="one_open_experiment",
                        violation_error_message="Two ways are being compared for this promise already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way_a__isnull", False), ("way_b__isnull", False)),
                        name="experiment_has_two_ways",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__gte", datetime.date(1900, 1, 1))),
                        name="experiment_within_living_memory",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("allocation__regex", "^([ab]{2}){4,6}$"), ("design", "drawn")
                            ),
                            models.Q(
                                ("allocation__regex", "^(ab){4,6}$"), ("design", "alternating")
                            ),
                            _connector="OR",
                        ),
                        name="experiment_every_week_has_a_way",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.expressions.CombinedExpression(
                                models.Value(2),
                                "*",
                                django.db.models.functions.text.Length(
                                    django.db.models.functions.text.Replace(
                                        "allocation", models.Value("b")
                                    )
                                ),
                            ),
                            django.db.models.functions.text.Length("allocation"),
                        ),
                        name="experiment_is_balanced",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stop_reason__in", ["", "stopped", "changed", "let_go"]),
                            ("went_on_with__in", ["", "a", "b", "neither"]),
                            models.Q(
                                ("ended_on__isnull", False),
                                models.Q(
                                    ("deleted_at", None), ("stop_reason", ""), ("went_on_with", "")
                                ),
                                _connector="OR",
                            ),
                            models.Q(("stop_reason", ""), ("went_on_with", ""), _connector="OR"),
                        ),
                        name="experiment_ends_one_way",
                    ),
                ],
            },
        ),
        EnableRowLevelSecurity(
            "experiment",
            allow="select, insert, delete, "
            "update (ended_on, stop_reason, went_on_with, deleted_at, version, updated_at)",
        ),
        SameOwnerForeignKey("experiment", column="promise_id", parent="promises_promise"),
    ]
