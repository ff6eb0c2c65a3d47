from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("rumination", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("ruminationanswer"),
        SameOwnerForeignKey(
            "ruminationanswer", column="tag_id", parent="entries_tag", on_delete="set null"
        ),
        SameOwnerForeignKey(
            "ruminationanswer", column="mistake_id", parent="mistakes_mistake", on_delete="set null"
        ),
    ]
