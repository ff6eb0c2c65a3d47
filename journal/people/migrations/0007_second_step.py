from django.db import migrations

from journal.privacy.wall import ProtectIdentity


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_numbers_hidden_since"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [ProtectIdentity("mfa.authenticator", column="user_id")]
