from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_no_offers_since")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="numbers_hidden_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(
            "grant update (numbers_hidden_since) on people_user to selftrust_person",
            "revoke update (numbers_hidden_since) on people_user from selftrust_person",
        ),
    ]
