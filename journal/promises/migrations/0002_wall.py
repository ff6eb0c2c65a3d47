from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("promises", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("promise"),
        EnableRowLevelSecurity("promiserevision"),
        EnableRowLevelSecurity("promisepause"),
        EnableRowLevelSecurity("checkin"),
        EnableRowLevelSecurity("weekconfirmation"),
        SameOwnerForeignKey(
            "promise", column="value_id", parent="people_value", on_delete="set null"
        ),
        SameOwnerForeignKey(
            "promise", column="lesson_id", parent="lessons_lesson", on_delete="set null"
        ),
        SameOwnerForeignKey("promiserevision", column="promise_id", parent="promises_promise"),
        SameOwnerForeignKey("promisepause", column="promise_id", parent="promises_promise"),
        SameOwnerForeignKey("checkin", column="promise_id", parent="promises_promise"),
        SameOwnerForeignKey("weekconfirmation", column="promise_id", parent="promises_promise"),
    ]
