from django.db import migrations

from journal.privacy.migration_operations import ReadableByAll


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_roles"),
        ("support", "0001_tables"),
    ]

    operations = [
        ReadableByAll("supportresource"),
        ReadableByAll("servedcountry"),
    ]
