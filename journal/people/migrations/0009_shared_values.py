from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_lock_after")]

    operations = [
        migrations.CreateModel(
            name="SharedValue",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        # After a crash the counts begin anew; in return counting waits for no disk.
        migrations.RunSQL(
            "alter table people_sharedvalue set unlogged",
            "alter table people_sharedvalue set logged",
        ),
    ]
