import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import journal.privacy.fields
import journal.privacy.ownership


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SharedValue",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=journal.privacy.ownership.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="email")),
                ("is_active", models.BooleanField(default=True, verbose_name="on")),
                ("is_staff", models.BooleanField(default=False, verbose_name="operator")),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="joined"
                    ),
                ),
                (
                    "called",
                    journal.privacy.fields.WordsField(
                        blank=True, max_length=40, verbose_name="What should we call you?"
                    ),
                ),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="Time zone")),
                (
                    "day_starts_at",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="My day starts at",
                    ),
                ),
                (
                    "week_starts_on",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Monday"), (5, "Saturday"), (6, "Sunday")],
                        default=0,
                        verbose_name="My week starts on",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("system", "Same as my device"),
                            ("light", "Light"),
                            ("dark", "Dark"),
                        ],
                        default="system",
                        max_length=6,
                        verbose_name="Appearance",
                    ),
                ),
                (
                    "app_name",
                    models.CharField(
                        choices=[("selftrust", "Selftrust"), ("notes", "Notes")],
                        default="selftrust",
                        max_length=9,
                        verbose_name="Name and icon",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="Language")),
                (
                    "lock_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="Lock when I’m away",
                    ),
                ),
                ("no_offers_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("zone_declined", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "no_zone_offers_since",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "numbers_hidden_since",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "start_due_since",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
                (
                    "declined_offers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("check-up", "Your check-up"),
                                ("values", "What matters to you"),
                                ("coach", "A coach"),
                                ("install", "On your home screen"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("next_offer_on", models.DateField(blank=True, editable=False, null=True)),
                ("example_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("coaches_since", models.DateTimeField(blank=True, editable=False, null=True)),
                ("deletion_due_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="one_account_per_email"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day_starts_at__lte", 23)), name="day_starts_at_an_hour"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week_starts_on__in", [0, 5, 6])),
                        name="week_starts_on_a_known_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Value",
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
                ("name", journal.privacy.fields.WordsField(max_length=40, verbose_name="Value")),
                (
                    "meaning",
                    journal.privacy.fields.WordsField(
                        blank=True,
                        max_length=200,
                        verbose_name="What does it look like on an ordinary day?",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ("is_active", models.BooleanField(default=True, editable=False)),
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
                "verbose_name": "value",
                "constraints": [
                    models.UniqueConstraint(fields=("id", "owner"), name="value_and_owner"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("owner", "rank"),
                        name="one_value_per_rank",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__isnull", False)), name="value_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("deleted_at", None),
                                ("is_active", True),
                                ("rank__gte", 1),
                                ("rank__isnull", False),
                                ("rank__lte", 10),
                            ),
                            models.Q(("is_active", False), ("rank", None)),
                            _connector="OR",
                        ),
                        name="active_values_are_ranked",
                    ),
                ],
            },
        ),
    ]
