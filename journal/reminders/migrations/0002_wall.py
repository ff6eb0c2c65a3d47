from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("promises", "0002_wall"),
        ("reminders", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("reminder"),
        EnableRowLevelSecurity("reminderpreference"),
        EnableRowLevelSecurity("sentreminder"),
        SameOwnerForeignKey("reminder", column="promise_id", parent="promises_promise"),
    ]
