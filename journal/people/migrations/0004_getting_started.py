from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_values")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="remind_at",
            field=models.TimeField(blank=True, null=True, verbose_name="At what time?"),
        ),
        migrations.AddField(
            model_name="user",
            name="welcome_step",
            field=models.CharField(blank=True, default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="user",
            name="example_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(
            "grant update (remind_at, welcome_step) on people_user to selftrust_person",
            "revoke update (remind_at, welcome_step) on people_user from selftrust_person",
        ),
    ]
