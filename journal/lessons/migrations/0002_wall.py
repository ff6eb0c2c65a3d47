from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("lessons", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("lesson"),
        EnableRowLevelSecurity("lessonreturn"),
        EnableRowLevelSecurity("lessonuse"),
        EnableRowLevelSecurity("thread"),
        SameOwnerForeignKey("lessonreturn", column="lesson_id", parent="lessons_lesson"),
        SameOwnerForeignKey("lessonuse", column="lesson_id", parent="lessons_lesson"),
    ]
