from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, ReadableByAll
from journal.reflections.compassion.starters import STARTERS


def seed(apps, schema_editor):
    starters = apps.get_model("compassion", "KindnessStarter").objects
    starters.bulk_create(starters.model(pk=n, text=text) for n, text in enumerate(STARTERS, 1))


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("compassion", "0001_tables"),
    ]

    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        ReadableByAll("kindnessstarter"),
        EnableRowLevelSecurity("selfcompassion"),
        EnableRowLevelSecurity("startermark"),
    ]
