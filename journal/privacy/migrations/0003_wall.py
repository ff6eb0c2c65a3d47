from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0002_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("datakey", allow="select, insert"),
    ]
