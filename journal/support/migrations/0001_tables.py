import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SupportResource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("emergency", "In immediate danger"),
                            ("crisis", "Someone to talk to now"),
                            ("relationship_safety", "When someone close makes you unsafe"),
                            ("general", "More support"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9*#]([0-9*# ()/.-]*[0-9*#])?$",
                                "Enter a number as one dials it, for example 112 or +44 20 7946 0000.",
                            )
                        ],
                        verbose_name="Phone",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9*#]([0-9*# ()/.-]*[0-9*#])?$",
                                "Enter a number as one dials it, for example 112 or +44 20 7946 0000.",
                            )
                        ],
                        verbose_name="Text message to",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300, verbose_name="Website")),
                ("hours", models.CharField(blank=True, max_length=120, verbose_name="Hours")),
                (
                    "languages",
                    models.CharField(blank=True, max_length=120, verbose_name="Languages"),
                ),
                (
                    "region",
                    models.CharField(
                        blank=True,
                        help_text="Where it can be reached from.",
                        max_length=80,
                        verbose_name="Region",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        help_text="The day someone last made sure that all of this is right.",
                        verbose_name="Verified on",
                    ),
                ),
            ],
            options={
                "verbose_name": "support resource",
                "verbose_name_plural": "support resources",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phone", ""), ("text", ""), ("url", ""), _negated=True),
                        name="support_resource_can_be_reached",
                        violation_error_message="Say how to reach it: phone, text message or website.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["emergency", "crisis", "relationship_safety", "general"])
                        ),
                        name="support_resource_of_a_known_kind",
                    ),
                ],
            },
        ),
    ]
