from django.db import migrations

from journal.coaching.walls import CoachingFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_what_a_client_agreed_to_by_inviting"),
    ]

    operations = [
        CoachingFunctions(anew=True),
        migrations.AlterModelOptions(
            name="coachlink",
            options={
                "verbose_name": "link to a coach",
                "verbose_name_plural": "links to coaches",
            },
        ),
    ]
