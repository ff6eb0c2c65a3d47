"""What PostgreSQL's own catalog says about the wall, as sentences where it differs from the list in
tests/privacy/catalog.py."""

from collections.abc import Iterator

from tests.privacy.catalog import (
    CLOSED_TO_BOTH,
    COACH,
    COACH_BY,
    COACH_MAY,
    FUNCTIONS,
    IDENTITY,
    INDEXES_ACROSS_OWNERS,
    MINE,
    PERSON,
    PERSON_MAY,
)
from tests.privacy.stored import run

HOW = (
    "Give it `EnableRowLevelSecurity(...)` in the migration that creates it, or `ReadableByAll` "
    "where it has no owner, and list it in tests/privacy/catalog.py; a table that is the "
    "installation's own is only listed, under CLOSED_TO_BOTH."
)

TABLES = """
select c.relname from pg_class c
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
 order by 1
"""
OWNED = """
select c.relname, c.relrowsecurity from pg_class c join pg_attribute a on a.attrelid = c.oid
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
   and a.attname = 'owner_id' and not a.attisdropped
 order by 1
"""
ON_TABLES = """
select c.relname, lower(p.privilege) from pg_class c,
       unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
           as p(privilege)
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and has_table_privilege(%s, c.oid, p.privilege)
"""
ON_COLUMNS = """
select c.relname, lower(p.privilege) || '(' || a.attname || ')'
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       and not a.attisdropped,
       unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as p(privilege)
 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and has_column_privilege(%(role)s, c.oid, a.attnum, p.privilege)
   and not has_table_privilege(%(role)s, c.oid, p.privilege)
"""
ON_SEQUENCES = """
select c.relname, lower(p.privilege) from pg_class c,
       unnest(array['USAGE', 'SELECT', 'UPDATE']) as p(privilege)
 where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
   and has_sequence_privilege(%s, c.oid, p.privilege)
"""
ON_FUNCTIONS = """
select p.oid::regprocedure::text from pg_proc p
 where p.pronamespace = 'public'::regnamespace and has_function_privilege(%s, p.oid, 'EXECUTE')
"""
POLICIES = """
select tablename, policyname, permissive, roles::text, cmd, qual, with_check
  from pg_policies where schemaname = 'public' order by 1, 2
"""
ROLES = """
select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb, rolreplication,
       exists (select from pg_auth_members m where m.member = r.oid),
       has_schema_privilege(rolname, 'public', 'create')
  from pg_roles r where rolname in ('selftrust_person', 'selftrust_coach') order by 1
"""
# Foreign keys between two owned tables, other than the owner itself, with what they consist of.
LINKS = """
select child.relname, parent.relname,
       (select array_agg(a.attname::text order by k.place)
          from unnest(f.conkey) with ordinality k(number, place)
          join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number),
       (select array_agg(a.attname::text order by k.place)
          from unnest(f.confkey) with ordinality k(number, place)
          join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number)
  from pg_constraint f
  join pg_class child on child.oid = f.conrelid
  join pg_class parent on parent.oid = f.confrelid
 where f.contype = 'f'
   and exists (select from pg_attribute where attrelid = child.oid and attname = 'owner_id')
   and exists (select from pg_attribute where attrelid = parent.oid and attname = 'owner_id')
"""
INDEXES = """
select t.relname, i.relname, a.attname from pg_index x
  join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
  left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
 where t.relnamespace = 'public'::regnamespace and not x.indisunique
"""


def privileges(role: str) -> dict[str, set[str]]:
    """What a role may do with each table, its columns and its sequences."""
    found: dict[str, set[str]] = {}
    rows = [*run(ON_TABLES, role), *run(ON_SEQUENCES, role)]
    with_columns = [*rows, *run(ON_COLUMNS.replace("%(role)s", "%s"), role, role)]
    for table, privilege in with_columns:
        found.setdefault(table, set()).add(privilege)
    return found


def complaints() -> list[str]:
    return [
        *_tables_unknown(),
        *_privileges_not_listed(),
        *_rows_not_held(),
        *_links_between_people(),
        *_indexes_without_owner(),
        *_roles_too_strong(),
    ]


def _tables_unknown() -> Iterator[str]:
    listed = {*PERSON_MAY, *COACH_MAY, *CLOSED_TO_BOTH}
    there = {table for (table,) in run(TABLES)}
    for table in sorted(there - listed):
        yield f"The table {table} is new here. {HOW}"
    for table in sorted(listed - there):
        yield f"The table {table} is listed in tests/privacy/catalog.py and is not there."


def _privileges_not_listed() -> Iterator[str]:
    for role, listed in ((PERSON, PERSON_MAY), (COACH, COACH_MAY)):
        found = privileges(role)
        for table in sorted({*found, *listed}):
            may, meant = found.get(table, set()), listed.get(table, set())
            if may != meant:
                yield (
                    f"{role} may {', '.join(sorted(may)) or 'nothing'} on {table}, "
                    f"where {', '.join(sorted(meant)) or 'nothing'} is listed. {HOW}"
                )
        functions = {name for (name,) in run(ON_FUNCTIONS, role)}
        listed_here = {"privacy_me()", *FUNCTIONS[role]}
        for name in sorted(functions ^ listed_here):
            why = "which is not listed" if name in functions else "which it may not"
            yield f"{role} calls {name}, {why}."


def _rows_not_held() -> Iterator[str]:
    owned = dict(run(OWNED))
    columns = {**dict.fromkeys(owned, "owner_id"), **IDENTITY}
    secured = {name for (name,) in run("select relname from pg_class where relrowsecurity")}
    policies: dict[str, list[tuple[str, ...]]] = {}
    for table, *policy in run(POLICIES):
        policies.setdefault(table, []).append(tuple(policy))
    for table, column in sorted(columns.items()):
        mine = f"({column} = ( SELECT privacy_me() AS privacy_me))"
        meant = ("own_rows", "PERMISSIVE", "{selftrust_person}", "ALL", mine, mine)
        if table not in secured:
            yield f"{table} belongs to people and has no row level security. {HOW}"
        found = policies.pop(table, [])
        if [policy for policy in found if policy[2] != "{selftrust_coach}"] != [meant]:
            yield f"{table} does not have exactly the own-row policy. {HOW}"
        yield from _seen_by_coach(table, [one for one in found if one[2] == "{selftrust_coach}"])
    for table in policies:
        yield f"{table} has a policy that nothing here knows."


def _seen_by_coach(table: str, found: list[tuple[str, ...]]) -> Iterator[str]:
    name, command, needed = COACH_BY.get(table, ("", "", ()))
    if [(policy, kind, cmd) for policy, kind, _roles, cmd, *_sql in found] != [
        (name, "PERMISSIVE", command) for _once in range(bool(name))
    ]:
        yield f"{table} has another policy for coaches than the one listed."
    for _policy, _kind, _roles, _cmd, qual, check in found:
        for part in needed:
            if part not in qual:
                yield f"The policy for coaches on {table} has lost {part!r}."
        if check and MINE not in check and "coaching_listens(link_id)" not in check:
            yield f"Coaches may write into {table} what is not theirs."


def _links_between_people() -> Iterator[str]:
    links = [
        (child, parent, tuple(here), tuple(there)) for child, parent, here, there in run(LINKS)
    ]
    for child, parent, here, _there in links:
        if len(here) == 1 and here != ("owner_id",):
            together = (child, parent, (*here, "owner_id"), ("id", "owner_id"))
            if together not in links:
                yield (
                    f"{child}.{here[0]} may point to another person's row of {parent}. Add "
                    f"`SameOwnerForeignKey(..., column={here[0]!r}, parent={parent!r})`."
                )


def _indexes_without_owner() -> Iterator[str]:
    owned = dict(run(OWNED))
    for table, index, first in run(INDEXES):
        known = table == "privacy_datakey" or index.startswith(tuple(INDEXES_ACROSS_OWNERS))
        known = known or index == f"{table}_bin"
        if table in owned and first != "owner_id" and not known:
            yield f"The index {index} of {table} does not begin with the owner."


def _roles_too_strong() -> Iterator[str]:
    for name, *powers in run(ROLES):
        if any(powers):
            yield f"{name} may do more than its grants say: {powers}."
    if [name for name, *_powers in run(ROLES)] != [COACH, PERSON]:
        yield "The two roles are not there."
