import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ServedCountry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=2, unique=True)),
            ],
        ),
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
                    "country",
                    models.CharField(
                        blank=True,
                        help_text="Empty for what can be reached from every country.",
                        max_length=2,
                        verbose_name="Country",
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Several numbers, and what each is for: 112, 110 (police)",
                        max_length=160,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:\\+?[0-9*#](?:[0-9*# ()/.-]*[0-9*#])?)(?: \\((?:[^\\W\\d_][^(),]*)\\))?(?:, (?:\\+?[0-9*#](?:[0-9*# ()/.-]*[0-9*#])?)(?: \\((?:[^\\W\\d_][^(),]*)\\))?)*$",
                                "Enter a number as you dial it, such as 112 or +44 20 7946 0000, and a comma between two.",
                            )
                        ],
                        verbose_name="Phone",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="With the word to send, if it needs one: 85258 (SHOUT)",
                        max_length=160,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?:\\+?[0-9*#](?:[0-9*# ()/.-]*[0-9*#])?)(?: \\((?:[^\\W\\d_][^(),]*)\\))?(?:, (?:\\+?[0-9*#](?:[0-9*# ()/.-]*[0-9*#])?)(?: \\((?:[^\\W\\d_][^(),]*)\\))?)*$",
                                "Enter a number as you dial it, such as 112 or +44 20 7946 0000, and a comma between two.",
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
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="Such as a chat, or whom it is for.",
                        max_length=160,
                        verbose_name="Note",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        help_text="The day someone last made sure that all of this is right.",
                        verbose_name="Verified on",
                    ),
                ),
                ("starter", models.SlugField(blank=True, editable=False, max_length=80)),
                (
                    "left_out_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="Left out on"
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
                    models.UniqueConstraint(
                        condition=models.Q(("starter", ""), _negated=True),
                        fields=("starter",),
                        name="one_support_resource_for_each_starter_entry",
                    ),
                ],
            },
        ),
    ]
