from django.db import migrations, models

from journal.coaching.walls import CoachingFunctions


class Migration(migrations.Migration):
    dependencies = [
        ("coaching", "0003_what_a_client_agreed_to_by_inviting"),
    ]

    operations = [
        CoachingFunctions(anew=True),
        migrations.RemoveIndex(model_name="opening", name="opening_by_hour"),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["owner", "-created_at"], name="opening_by_moment"),
        ),
        migrations.AlterModelOptions(
            name="coachlink",
            options={
                "verbose_name": "link to a coach",
                "verbose_name_plural": "links to coaches",
            },
        ),
    ]
