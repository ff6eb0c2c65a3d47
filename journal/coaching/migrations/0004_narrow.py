from django.db import migrations

from journal.coaching.walls import CoachingFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_what_a_client_agreed_to_by_inviting"),
    ]

    operations = [CoachingFunctions(anew=True)]
