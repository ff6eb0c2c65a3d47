from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey
from journal.sharing.policies import CoachsOwn


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("coaching", "0001_tables"),
        ("sharing", "0003_what_coaches_see"),
    ]

    operations = [
        EnableRowLevelSecurity("coachnote"),
        EnableRowLevelSecurity("libraryprompt"),
        SameOwnerForeignKey("coachnote", column="client_id", parent="sharing_client"),
        CoachsOwn("coachnote"),
        CoachsOwn("libraryprompt"),
    ]
