import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_second_step")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="lock_after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="Lock after a pause",
            ),
        ),
        migrations.RunSQL(
            "grant update (lock_after) on people_user to selftrust_person",
            "revoke update (lock_after) on people_user from selftrust_person",
        ),
    ]
