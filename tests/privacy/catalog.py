"""What PostgreSQL's own catalog says about the wall, as sentences where something is wrong.

Everything the two roles may do is listed here. A new table fails the suite until its migration
protects it and this file says, in so many words, what each role may do with it.
"""

from collections.abc import Iterator

from tests.privacy.stored import run

PERSON, COACH = "selftrust_person", "selftrust_coach"

ALL = {"select", "insert", "update", "delete"}
PREFERENCES = ("called", "day_starts_at", "language", "lock_after", "remind_at", "theme")
PREFERENCES += ("no_offers_since", "numbers_hidden_since", "week_starts_on", "welcome_step", "zone")


def only(columns: str, *others: str) -> set[str]:
    return {*others, *(f"update({name})" for name in columns.split())}


# What a person may do, always held to their own rows. `update(column)` is one column's privilege.
PERSON_MAY: dict[str, set[str]] = {
    "account_emailaddress": {"select"},
    "boundaries_boundary": ALL,
    "boundaries_crossing": ALL,
    "boundaries_telling": ALL,
    "sharing_brief": ALL,
    "sharing_client": ALL,
    "sharing_coachinvitation": ALL,
    "sharing_coachlink": only("muted_since updated_at version", "select", "insert"),
    "coaching_coachnote": ALL,
    "sharing_comment": only("deleted_at updated_at version", "select", "delete"),
    "sharing_consentevent": {"select", "insert"},
    "coaching_libraryprompt": ALL,
    "sharing_accesslogentry": {"select"},
    "sharing_sharedmeasure": ALL,
    "sharing_sharegrant": {"select", "insert", "update"},
    "sharing_suggestion": {"select", "insert", "update"},
    "sharing_withheld": ALL,
    "decisions_addendum": ALL,
    "decisions_decision": ALL,
    "decisions_decisionreview": ALL,
    "decisions_option": ALL,
    "decisions_valueinplay": ALL,
    "exchange_export": ALL,
    "exchange_import": ALL,
    "exchange_importedrows": ALL,
    "lessons_lesson": ALL,
    "lessons_lessonreturn": ALL,
    "lessons_lessonuse": ALL,
    "lessons_thread": ALL,
    "mfa_authenticator": {"select"},
    "people_user": {"select", *(f"update({name})" for name in PREFERENCES)},
    "people_value": ALL,
    "privacy_datakey": {"select", "insert"},
    "promises_checkin": ALL,
    "promises_promise": ALL,
    "promises_promisepause": ALL,
    "promises_promiserevision": ALL,
    "promises_weekconfirmation": ALL,
    "entries_earlierversion": ALL,
    "reflections_dailycheck": ALL,
    "entries_entry": ALL,
    "compassion_kindnessstarter": {"select"},
    "compassion_selfcompassion": ALL,
    "compassion_startermark": ALL,
    "reflections_selfrating": ALL,
    "entries_hiddenprompt": ALL,
    "mistakes_mistake": ALL,
    "entries_ownprompt": ALL,
    "entries_prompt": {"select"},
    "rumination_ruminationanswer": ALL,
    "entries_topic": ALL,
    "reflections_weeklyreflection": ALL,
    "support_supportresource": {"select"},
    "usersessions_usersession": {"select"},
}
SUGGESTED = "id owner_id link_id what practice by_on state answered_at created_at deleted_at"
CHECKED = "id owner_id promise_id due_on status deleted_at"
COACH_MAY: dict[str, set[str]] = {
    "boundaries_boundary": {"select"},
    "boundaries_crossing": {"select"},
    "sharing_brief": {"select"},
    "sharing_client": ALL,
    "sharing_coachinvitation": ALL,
    "sharing_coachlink": {"select"},
    "coaching_coachnote": ALL,
    "sharing_comment": {"select", "insert"},
    "coaching_libraryprompt": ALL,
    "sharing_sharedmeasure": {"select"},
    "sharing_sharegrant": {"select"},
    "sharing_suggestion": {f"select({name})" for name in SUGGESTED.split()},
    "sharing_withheld": {"select"},
    "decisions_addendum": {"select"},
    "decisions_decision": {"select"},
    "decisions_decisionreview": {"select"},
    "decisions_option": {"select"},
    "decisions_valueinplay": {"select"},
    "lessons_lesson": {"select"},
    "privacy_datakey": {"select", "insert"},
    "promises_checkin": {f"select({name})" for name in CHECKED.split()},
    "promises_promise": {"select"},
    "entries_entry": {"select"},
    "compassion_kindnessstarter": {"select"},
    "mistakes_mistake": {"select"},
    "entries_prompt": {"select"},
    "compassion_selfcompassion": {"select"},
    "support_supportresource": {"select"},
}
# The one policy by which a coach meets each table: its name, what it is for, and everything that
# has to stand in it. tests/coaching/test_wall.py looks at what it lets through.
MINE = "(owner_id = ( SELECT privacy_me() AS privacy_me))"
OWNERS, LINKS = "SELECT coaching_readable_owners()", "SELECT coaching_links()"
LIVING, FINISHED = "(deleted_at IS NULL) AND", "(finished_at IS NOT NULL) AND"


def shared(kind: str, practice: str = "", *more: str) -> tuple[str, str, tuple[str, ...]]:
    of_practice = f"SELECT coaching_practice('{practice}'::text)"
    kept_out = f"(NOT (( SELECT coaching_kept_out('{kind}'::text)"
    items = (f"SELECT coaching_items('{kind}'::text)", f"SELECT coaching_pairs('{kind}'::text)")
    needed = (LIVING, OWNERS, *items, *more)
    return "shared", "SELECT", (*needed, of_practice, kept_out) if practice else needed


def part_of(table: str) -> tuple[str, str, tuple[str, ...]]:
    return "shared", "SELECT", (LIVING, OWNERS, f"FROM {table} whole")


COACHS_OWN = ("coachs_own", "ALL", (MINE,))
BY_GRANT = ("shared", "SELECT", (OWNERS,))
COACH_BY: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "boundaries_boundary": shared("boundary", "boundaries", FINISHED),
    "boundaries_crossing": shared("crossing", "boundaries", "<> 'unsafe_to_act'::text) AND"),
    "sharing_brief": shared("brief"),
    "sharing_client": COACHS_OWN,
    "sharing_coachinvitation": COACHS_OWN,
    "sharing_coachlink": ("shared", "SELECT", (f"(id = ANY (( {LINKS}",)),
    "coaching_coachnote": COACHS_OWN,
    "sharing_comment": ("shared", "ALL", (LIVING, LINKS, "coaching_sees(owner_id, ")),
    "coaching_libraryprompt": COACHS_OWN,
    "sharing_sharedmeasure": ("shared", "SELECT", (LIVING, "FROM sharing_sharegrant opened")),
    "sharing_sharegrant": (
        *("shared", "SELECT"),
        (LINKS, "(revoked_at IS NULL) AND (expires_at > now())"),
    ),
    "sharing_suggestion": ("shared", "SELECT", (LIVING, LINKS)),
    "sharing_withheld": BY_GRANT,
    "decisions_addendum": part_of("decisions_decision"),
    "decisions_decision": shared("decision", "decisions", FINISHED),
    "decisions_decisionreview": part_of("decisions_decision"),
    "decisions_option": part_of("decisions_decision"),
    "decisions_valueinplay": part_of("decisions_decision"),
    "lessons_lesson": shared("lesson", "mistakes"),
    "privacy_datakey": ("shared", "ALL", (MINE, f"(owner_id = ANY (( {OWNERS}")),
    "promises_checkin": part_of("promises_promise"),
    "promises_promise": shared("promise", "promises", FINISHED),
    "entries_entry": shared("entry"),
    "mistakes_mistake": shared("mistake", "mistakes", FINISHED),
    "compassion_selfcompassion": shared(
        *("self_compassion", "self_compassion", FINISHED), "(NOT ((mode)::text = 'letter'::text))"
    ),
}

# The installation's own: sessions, tokens, bookkeeping. Only the owner's role goes there.
CLOSED_TO_BOTH = {
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_admin_log",
    "django_content_type",
    "django_migrations",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "people_invitation",
    "people_sharedvalue",
}
# Not `owner_id`, but held to the person's own row all the same.
IDENTITY = {
    "account_emailaddress": "user_id",
    "mfa_authenticator": "user_id",
    "people_user": "id",
    "usersessions_usersession": "user_id",
}
OF_COACHING = {
    "lock_links()",
    "items(text)",
    "kept_out(text)",
    "links()",
    "listens(uuid)",
    "lock(uuid)",
}
OF_COACHING |= {"lock(uuid)", "log(uuid[],text[],uuid[])", "practice(text)", "readable_owners()"}
OF_COACHING |= {"sees(uuid,text,uuid)", "pairs(text)", "restrict_to(uuid[])"}
FUNCTIONS = {
    PERSON: {f"coaching_{name}" for name in ("end(uuid)", "lock(uuid)", "withdraw()")},
    COACH: {f"coaching_{name}" for name in OF_COACHING},
}
# For what a coach asks across the people who share with them.
INDEXES_OF_COACHES = {"sharing_coachlink_coach_id", "grant_in_force"}

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
        known = table == "privacy_datakey" or index.startswith(tuple(INDEXES_OF_COACHES))
        if table in owned and first != "owner_id" and not known:
            yield f"The index {index} of {table} does not begin with the owner."


def _roles_too_strong() -> Iterator[str]:
    for name, *powers in run(ROLES):
        if any(powers):
            yield f"{name} may do more than its grants say: {powers}."
    if [name for name, *_powers in run(ROLES)] != [COACH, PERSON]:
        yield "The two roles are not there."
