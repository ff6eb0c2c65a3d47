from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("push", "0001_tables"),
    ]

    operations = [
        EnableRowLevelSecurity("pushsubscription"),
        EnableRowLevelSecurity("pushmessage"),
        SameOwnerForeignKey(
            "pushmessage", column="subscription_id", parent="push_pushsubscription"
        ),
    ]
