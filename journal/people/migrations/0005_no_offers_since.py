from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_getting_started")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="no_offers_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(
            "grant update (no_offers_since) on people_user to selftrust_person",
            "revoke update (no_offers_since) on people_user from selftrust_person",
        ),
    ]
