"""Makes a database ready that is as it was at an earlier moment: what a restore does, before anyone
reaches it. `recover` does it by itself; after a recovery of an external PostgreSQL it is a command.
"""

from datetime import datetime

import psycopg
from django.db import connection, transaction

from journal.account_deletion import register_copy
from journal.account_deletion.deletion import reapply
from journal.audit.events import What
from journal.audit.recording import record
from journal.embedded.sealed_database import refuse_other_key
from journal.installation import carry_over, storage_mark
from journal.installation.carry_over import Carried
from journal.operation.backups import backup, manifest, restore
from journal.people.models import User
from journal.sharing.policies import NEW_NOTE_KEY


def make_ready(to: datetime | None, carried: Carried | None = None) -> int:
    """`carried`: notes and deleted accounts of the database from before. Returns how many accounts
    were deleted again. Raises Refused, CannotStart or StorageAway."""
    with psycopg.connect(**connection.get_connection_params()) as opened:
        refuse_other_key(opened)
    with connection.cursor() as cursor:
        cursor.execute("select app || '.' || name from django_migrations order by 1")
        migrations = [name for (name,) in cursor.fetchall()]
    manifest.refuse_newer({"migrations": migrations, "application": "another version"})
    restore.bring_up_to_date({"migrations": migrations})
    with transaction.atomic(), connection.cursor() as cursor:
        there = backup.LEFT_OUT & set(connection.introspection.table_names(cursor))
        cursor.execute(f"truncate {', '.join(sorted(there))}")
        cursor.execute(NEW_NOTE_KEY)
    register_copy.put_back()
    if carried:
        carry_over.add(carried)
    gone = reapply()
    storage_mark.adopt()
    accounts = User.objects.count()
    if to:
        record(What.RECOVER, moment=int(to.timestamp()), accounts=accounts)
    else:
        record(What.RECOVER, accounts=accounts)
    return gone
