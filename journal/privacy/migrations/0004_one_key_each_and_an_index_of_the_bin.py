"""For tables that were there before: see EnableRowLevelSecurity and SameOwnerForeignKey."""

from django.db import migrations

from journal.privacy.migration_operations import DROP_PLAIN_KEYS, INDEX_BINS, PLAIN_KEYS


class Migration(migrations.Migration):
    old_code_goes_on = "it asks neither for these foreign keys nor against these indexes"
    dependencies = [
        ("privacy", "0003_wall"),
    ]

    old_code_goes_on = "It drops keys that others contain, and adds an index."
    operations = [
        migrations.RunSQL(
            [
                DROP_PLAIN_KEYS.format(keys=PLAIN_KEYS, of_table=""),
                INDEX_BINS.format(of_table=""),
            ],
            migrations.RunSQL.noop,
        ),
    ]
