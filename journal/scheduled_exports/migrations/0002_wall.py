from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("scheduled_exports", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("exportschedule"),
        EnableRowLevelSecurity("scheduledexport"),
    ]
