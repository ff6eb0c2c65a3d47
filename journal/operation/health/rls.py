"""Checks of the wall: PostgreSQL's catalog, and one query as a probe."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.operation.health.findings import BAD, LOOK, OK, Finding
from journal.privacy.rls import COACH, PERSON, acting_as

# Tables without `owner_id` whose row policies also limit a person to their own row, and by what.
IDENTITY = {
    **dict.fromkeys(["account_emailaddress", "mfa_authenticator"], "user_id"),
    **{"people_user": "id", "sharing_team": "administrator_id"},
    "usersessions_usersession": "user_id",
}
MINE = "(%%s = ( SELECT privacy_me() AS privacy_me))"

ROLES = """
select rolname, rolsuper or rolbypassrls or rolcanlogin or rolcreaterole or rolcreatedb,
       pg_has_role(current_user, oid, 'set')
  from pg_roles where rolname = any (%s)
"""
ALMIGHTY = """
select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
"""
# Every table with people's rows, and whether row level security is on and has the policy that
# limits each person to their own.
HELD = f"""
select c.relname, c.relrowsecurity and exists (
         select from pg_policies p
          where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'own_rows'
            and p.permissive = 'PERMISSIVE' and p.cmd = 'ALL' and p.roles = array['{PERSON}'::name]
            and p.qual = format('{MINE}', a.attname) and p.with_check = p.qual),
       row_security_active(c.oid), has_table_privilege('{PERSON}', c.oid, 'select')
  from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
   and (a.attname = 'owner_id'
        or (c.relname::text, a.attname::text) in (select * from unnest(%s::text[], %s::text[])))
 order by 1
"""  # noqa: S608
REMAINS = """
select has_database_privilege(%s, current_database(), 'temporary'),
       bool_or(has_function_privilege(%s, oid, 'execute')) from pg_proc
 where pronamespace = 'pg_catalog'::regnamespace
   and proname in ('lo_create', 'lo_creat', 'lo_from_bytea')
"""


def roles() -> Iterator[Finding]:
    found = {name: (strong, ours) for name, strong, ours in ask(ROLES, [PERSON, COACH])}
    for name in (PERSON, COACH):
        if name not in found:
            yield Finding(BAD, _("The database role %(name)s is missing.") % {"name": name})
        elif found[name][0]:
            yield Finding(
                BAD, _("The database role %(name)s has too many rights.") % {"name": name}
            )
        elif not found[name][1]:
            text = _("Selftrust can’t act as the database role %(name)s.")
            yield Finding(BAD, text % {"name": name})
    if ask(ALMIGHTY):
        text = _("Selftrust connects to the database as a superuser. An ordinary role is enough.")
        yield Finding(LOOK, text)


def policies() -> Iterator[Finding]:
    rows = ask(HELD, [*IDENTITY], [*IDENTITY.values()])
    for table, held, hidden_from_us, _readable in rows:
        if not held:
            text = _("Row-level security doesn’t protect the table %(table)s.")
            yield Finding(BAD, text % {"table": table})
        if hidden_from_us:
            text = _("Selftrust doesn’t own the table %(table)s, so backups would be empty.")
            yield Finding(BAD, text % {"table": table})
    if rows and all(held and not hidden for _table, held, hidden, _readable in rows):
        count = len(rows)
        yield Finding(
            OK,
            ngettext(
                "%(count)d table with people’s rows is protected by row-level security.",
                "All %(count)d tables with people’s rows are protected by row-level security.",
                count,
            )
            % {"count": count},
        )


def nobody_sees_nothing() -> Iterator[Finding]:
    """Queries every table with people's rows in the person's role without a person: no rows."""
    tables = [
        table
        for table, _held, _hidden, readable in ask(HELD, [*IDENTITY], [*IDENTITY.values()])
        if readable
    ]
    if not tables:
        return
    quoted = connection.ops.quote_name
    each = (f"select '{t}' where exists (select from {quoted(t)})" for t in tables)  # noqa: S608
    with acting_as(None):
        seen = [table for (table,) in ask(" union all ".join(each))]
    for table in seen:
        text = _("Someone who isn’t signed in can see rows of the table %(table)s.")
        yield Finding(BAD, text % {"table": table})
    if not seen:
        yield Finding(OK, _("Someone who isn’t signed in can’t see anyone’s rows."))


def what_remains() -> Iterator[Finding]:
    """What PostgreSQL opens to everyone, and this account may not close."""
    ((temporary, large),) = ask(REMAINS, PERSON, PERSON)
    if temporary:
        text = _(
            "The row-level security roles can create temporary tables. To stop that, the "
            "database owner runs: revoke temporary on database %(name)s from public."
        )
        yield Finding(LOOK, text % {"name": connection.settings_dict["NAME"]})
    if large:
        text = _(
            "The row-level security roles can create large objects, which no policy covers."
            " To stop that, a superuser runs: revoke execute on function lo_create(oid), "
            "lo_creat(int4), lo_from_bytea(oid, bytea) from public."
        )
        yield Finding(LOOK, text)


def ask(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall()
