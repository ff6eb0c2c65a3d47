from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("entries", "0002_wall"),
        ("search", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("search"),
        SameOwnerForeignKey("search", column="tag_id", parent="entries_tag"),
    ]
