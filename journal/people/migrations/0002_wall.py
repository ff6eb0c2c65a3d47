from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, ProtectIdentity


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("people", "0001_tables"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("usersessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        ProtectIdentity(
            "user",
            column="id",
            update="called, zone, day_starts_at, week_starts_on, theme, app_name, language, "
            "start_due_since, no_offers_since, numbers_hidden_since, lock_after, zone_declined, "
            "no_zone_offers_since, declined_offers, next_offer_on",
        ),
        ProtectIdentity("account.emailaddress", column="user_id"),
        ProtectIdentity("usersessions.usersession", column="user_id"),
        ProtectIdentity("mfa.authenticator", column="user_id"),
        EnableRowLevelSecurity("value"),
        # An unlogged table is empty after a crash; in return, counting does not wait for the disk.
        migrations.RunSQL(
            "alter table people_sharedvalue set unlogged",
            "alter table people_sharedvalue set logged",
        ),
    ]
