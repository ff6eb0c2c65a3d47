import datetime

import django.contrib.postgres.fields
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
        ("boundaries", "0002_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaFeeling",
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
                    "feeling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("room", "Room to spare"),
                            ("fine", "Mostly fine"),
                            ("tight", "Tight"),
                            ("worn", "Worn through"),
                            ("left_out", "Not part of my life"),
                        ],
                        max_length=8,
                        verbose_name="How does it feel?",
                    ),
                ),
            ],
            options={
                "verbose_name": "how an area feels",
            },
        ),
        migrations.CreateModel(
            name="Rehearsal",
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
                ("rehearsed_on", models.DateField(editable=False)),
                (
                    "pushback",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), editable=False, size=4
                    ),
                ),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("said", "Said"),
                                ("line", "Said your line"),
                                ("quiet", "Let it be quiet"),
                            ],
                            max_length=5,
                        ),
                        default=list,
                        editable=False,
                        size=4,
                    ),
                ),
                (
                    "reply_1",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="What you said in a rehearsal",
                    ),
                ),
                (
                    "reply_2",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="What you said in a rehearsal",
                    ),
                ),
                (
                    "reply_3",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="What you said in a rehearsal",
                    ),
                ),
                (
                    "reply_4",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        verbose_name="What you said in a rehearsal",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "body",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("steady", "Steady"),
                            ("shaky", "Shaky"),
                            ("unsure", "Can’t tell"),
                        ],
                        max_length=6,
                        verbose_name="How was that in the body?",
                    ),
                ),
                (
                    "went",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=500, verbose_name="How did it go?"
                    ),
                ),
            ],
            options={
                "verbose_name": "rehearsal",
            },
        ),
        migrations.AddField(
            model_name="telling",
            name="how_it_was",
            field=models.CharField(
                blank=True,
                choices=[
                    ("easier", "Easier than I thought"),
                    ("expected", "About as I thought"),
                    ("harder", "Harder than I thought"),
                ],
                max_length=8,
                verbose_name="How was it to say it?",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("how_it_was__in", ["", "easier", "expected", "harder"])),
                name="telling_how_it_was_is_known",
            ),
        ),
        migrations.AddField(
            model_name="areafeeling",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="area_feelings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rehearsal",
            name="boundary",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rehearsals",
                to="boundaries.boundary",
            ),
        ),
        migrations.AddField(
            model_name="rehearsal",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="areafeeling",
            constraint=models.UniqueConstraint(
                fields=("owner", "area"), name="one_feeling_an_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="areafeeling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("feeling__in", ["", "room", "fine", "tight", "worn", "left_out"])
                ),
                name="area_feeling_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="rehearsal",
            index=models.Index(
                fields=["owner", "boundary", "rehearsed_on"], name="rehearsal_by_boundary"
            ),
        ),
        migrations.AddConstraint(
            model_name="rehearsal",
            constraint=models.CheckConstraint(
                condition=models.Q(("rehearsed_on__gte", datetime.date(1900, 1, 1))),
                name="rehearsal_within_living_memory",
            ),
        ),
        migrations.AddConstraint(
            model_name="rehearsal",
            constraint=models.CheckConstraint(
                condition=models.Q(("body__in", ["", "steady", "shaky", "unsure"])),
                name="rehearsal_body_is_known",
            ),
        ),
        EnableRowLevelSecurity("areafeeling"),
        EnableRowLevelSecurity("rehearsal"),
        SameOwnerForeignKey("rehearsal", column="boundary_id", parent="boundaries_boundary"),
    ]
