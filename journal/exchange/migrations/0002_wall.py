from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("exchange", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("export"),
        EnableRowLevelSecurity("import"),
        EnableRowLevelSecurity("importedrows"),
        SameOwnerForeignKey("importedrows", column="brought_by_id", parent="exchange_import"),
    ]
