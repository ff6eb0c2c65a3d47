import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0001_tables"),
        ("mistakes", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuminationAnswer",
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
                ("answered_on", models.DateField()),
                ("set_aside_until", models.DateField(null=True)),
                ("let_lie_on", models.DateField(null=True)),
                (
                    "mistake",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="mistakes.mistake",
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
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="entries.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a suggestion",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "answered_on"), name="one_rumination_answer_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tag", None), ("mistake", None), _connector="OR"),
                        name="rumination_answer_about_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("set_aside_until", None),
                            ("set_aside_until__gt", models.F("answered_on")),
                            _connector="OR",
                        ),
                        name="rumination_set_aside_for_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("let_lie_on", None),
                            models.Q(
                                ("set_aside_until__isnull", False),
                                ("let_lie_on__gte", models.F("set_aside_until")),
                            ),
                            _connector="OR",
                        ),
                        name="rumination_let_lie_once_back",
                    ),
                ],
            },
        ),
    ]
