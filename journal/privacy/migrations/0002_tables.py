import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_tables"),
        ("privacy", "0001_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrapped", models.BinaryField()),
                ("master", models.CharField(db_index=True, max_length=16)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
