from django.db import migrations

from journal.privacy.wall import CreateRoles


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [CreateRoles()]
