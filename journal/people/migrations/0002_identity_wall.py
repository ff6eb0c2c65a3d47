from django.db import migrations

from journal.privacy.wall import ProtectIdentity


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        ProtectIdentity(
            "user",
            column="id",
            update="called, zone, day_starts_at, week_starts_on, theme, language",
        ),
        ProtectIdentity("account.emailaddress", column="user_id"),
        ProtectIdentity("usersessions.usersession", column="user_id"),
    ]
