from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("boundaries", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("boundary"),
        EnableRowLevelSecurity("telling"),
        EnableRowLevelSecurity("crossing"),
        SameOwnerForeignKey(
            "boundary", column="value_id", parent="people_value", on_delete="set null"
        ),
        SameOwnerForeignKey("telling", column="boundary_id", parent="boundaries_boundary"),
        SameOwnerForeignKey("crossing", column="boundary_id", parent="boundaries_boundary"),
    ]
