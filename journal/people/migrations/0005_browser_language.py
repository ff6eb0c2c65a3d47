from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_index_values_by_rank"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="browser_language",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=10
            ),
        ),
    ]
