"""Replaces the functions of 0003 where it ran before they were cheaper (functions.sql)."""

from django.db import migrations

from journal.sharing.policies import functions


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0013_teams_wall"),
    ]

    old_code_goes_on = "The functions keep their names, parameters and results."
    operations = [migrations.RunSQL(functions(), migrations.RunSQL.noop)]
