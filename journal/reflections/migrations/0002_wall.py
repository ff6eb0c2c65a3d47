from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("reflections", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("dailycheck"),
        EnableRowLevelSecurity("selfrating"),
        EnableRowLevelSecurity("weeklyreflection"),
        SameOwnerForeignKey(
            "weeklyreflection",
            column="next_promise_id",
            parent="promises_promise",
            on_delete="set null",
        ),
    ]
