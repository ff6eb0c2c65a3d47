from django.db import migrations

from journal.privacy.migration_operations import CreateRoles


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [CreateRoles()]
