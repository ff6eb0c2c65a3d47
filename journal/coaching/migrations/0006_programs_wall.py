from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity
from journal.sharing.policies import CoachsOwn


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0005_programs"),
    ]

    operations = [
        EnableRowLevelSecurity("program"),
        CoachsOwn("program"),
    ]
