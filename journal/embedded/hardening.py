"""What the roles of the wall may not do in a database, set at every start and every restore.

Temporary tables are open to everyone in PostgreSQL, and one could stand in for a table of ours.
Large objects are too; only a superuser can close them, so that is in server.py.
"""

import psycopg
from psycopg import errors, sql

OPEN = """
select exists (select from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
                where datname = %s and grantee = 0 and privilege_type = 'TEMPORARY')
"""


def refuse_temporary_tables(connection: psycopg.Connection, database: str) -> None:
    """Does nothing where it is done, or where this account does not own the database: doctor says
    so then."""
    ((is_open,),) = connection.execute(OPEN, [database]).fetchall()
    if not is_open:
        return
    revoke = sql.SQL("revoke temporary on database {} from public").format(sql.Identifier(database))
    try:
        with connection.transaction():
            connection.execute(revoke)
    except (errors.InsufficientPrivilege, errors.InternalError_):  # or another start was faster
        return
