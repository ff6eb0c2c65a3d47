"""Many people by COPY: the example person's rows again for each, under ids of their own.

`load(5000)` makes the example person and their coach, whose words can be read, and adds 5,000
people with about a thousand rows each, so some five million. Sealed bytes are copied as they are:
of the right length, but for other rows, so nobody can open those people's pages. The words of the
coach's other clients are sealed anew, so that the coach's pages open.

A person's rows lie as far apart as they would have come in: each table is filled in the order of
the example's rows, each row for all people. Every second person has written for half a year, the
others for a quarter. Foreign keys and indexes are dropped before and made afterwards, which is what
makes it fast, and which checks every row.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import connection, transaction

from journal.operation.example.person import COACH_EMAIL, EMAIL, make_example_person
from journal.people.models import User
from journal.privacy.fields import WordsField, seal, unseal
from journal.privacy.keys import unwrap, wrap
from journal.privacy.models import DataKey

CLIENTS = 40  # of each coach
QUARTER = timedelta(weeks=12)
# Written again for each quarter; all else a person has once.
DIARY = {
    *("boundaries_crossing", "compassion_selfcompassion", "decisions_addendum"),
    *("decisions_decision", "decisions_decisionreview", "decisions_earlierreview"),
    *("decisions_forecast", "decisions_option", "decisions_valueinplay"),
    *("entries_earlierversion", "entries_entry", "entries_entrytag", "lessons_lessonreturn"),
    *("mistakes_mistake", "promises_checkin", "promises_weekconfirmation"),
    *("reflections_dailycheck", "reflections_selfrating", "reflections_weeklyreflection"),
    *("rumination_ruminationanswer", "sharing_accesslogentry"),
}
OF_COACH = ["coaching_libraryprompt", "coaching_notetemplate", "coaching_program"]
OF_COACH += ["people_user", "privacy_datakey", "account_emailaddress"]
ABOUT_CLIENTS = ["sharing_client", "coaching_coachnote"]
LEFT_OUT = {"sharing_coachinvitation", "sharing_teammember", "usersessions_usersession"}

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DAY = re.compile(r"(?<![0-9a-f-])\d{4}-\d\d-\d\d(?![0-9a-f-])")
BLOCK = 4_000  # rows that are sent at once
# Asked on a connection of its own, which would wait for ever for the lock of a dropped index.
SHARED = "people_sharedvalue"

# What else comes in by the day.
BY_THE_DAY = """
insert into django_session
select md5(id::text || n), repeat('x', 300), now() - interval '3 days' + n * interval '5 days'
  from people_user cross join generate_series(0, 2) n;
insert into usersessions_usersession
       (created_at, ip, last_seen_at, session_key, user_agent, data, user_id)
select now() - interval '20 days', '127.0.0.1', now(), md5(id::text || n), repeat('x', 100),
       '{}', id
  from people_user cross join generate_series(0, 2) n;
insert into reminders_sentreminder (id, created_at, updated_at, version, kind, day, owner_id)
select gen_random_uuid(), now(), now(), 1, 'journal', current_date - n, id
  from people_user cross join generate_series(0, 6) n;
insert into search_search (id, created_at, updated_at, version, words, area, owner_id)
select gen_random_uuid(), now(), now(), 1, '\\x01', '', id
  from people_user cross join generate_series(0, 2) n;
insert into django_tasks_database_dbtaskresult
       (id, status, args_kwargs, priority, task_path, queue_name, backend_name, run_after,
        enqueued_at, finished_at, started_at, exception_class_path, traceback, worker_ids)
select gen_random_uuid(), 'SUCCESSFUL', '{}', 0, 'journal.mail.tasks.send', 'mail', 'default',
       now(), now(), now(), now(), '', '', '[]'
  from people_user cross join generate_series(0, 2) n;
"""

COLUMNS = """
select c.relname, a.attname,
       a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval%'
  from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum > 0 and not attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
 where c.relnamespace = 'public'::regnamespace and relkind = 'r' order by c.oid, a.attnum
"""
INDEXES = f"""
select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
  from pg_index i join pg_class c on c.oid = i.indrelid
 where c.relnamespace = 'public'::regnamespace
   and c.relname <> '{SHARED}'
   and not exists (select from pg_constraint where conindid = i.indexrelid)
"""
FOREIGN_KEYS = """
select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
"""
# An index made over a row that this very transaction has changed is of no use to it
# (pg_index.indcheckxmin). A table that is written anew has no such row.
REWRITES = """
select format('alter table %1$I alter %2$I type %3$s using %2$I::text::%3$s',
              table_name, column_name, data_type)
  from information_schema.columns
 where table_schema = 'public' and column_name in ('version', 'verified', 'is_active')
"""
NOTHING, HEX = r"\N", r"\\x"  # as COPY writes them


@dataclass(frozen=True)
class Loaded:
    person: User
    coach: User


@dataclass(frozen=True)
class _Table:
    name: str
    columns: list[str]
    rows: list[str]  # as COPY writes them
    owner: str  # its column
    is_of_coach: bool = False

    def words(self) -> list[WordsField]:
        model = next((one for one in apps.get_models() if one._meta.db_table == self.name), None)
        fields = model._meta.concrete_fields if model else ()
        return [field for field in fields if isinstance(field, WordsField)]


@dataclass(frozen=True)
class _Ids:
    """Whose each id is. One that is nobody's, such as a prompt's, stays as it is."""

    of_person: set[str]
    of_diary: set[str]
    of_coach: set[str]


def load(people: int, password: str | None = None) -> Loaded:
    """In one transaction with whatever is around it; ends with statistics for the planner."""
    with transaction.atomic():
        make_example_person(password)
        person, coach = User.objects.get(email=EMAIL), User.objects.get(email=COACH_EMAIL)
        _run("set constraints all immediate")
        tables = [*_tables(person, coach)]
        ids = _ids(tables)
        made_again = _drop()
        keys_of = {str(one.pk): _raw_key(one) for one in (person, coach)}
        for (rewrite,) in _run(REWRITES):
            _run(rewrite)
        for table in tables:
            _copy(table, _lines(table, ids, people, partial(_sealed_anew, table, keys_of)))
        _run(BY_THE_DAY)
        for statement in made_again:
            _run(statement)
    _run("analyze")
    return Loaded(person, coach)


def _tables(person: User, coach: User) -> Iterator[_Table]:
    columns: dict[str, list[str]] = {}
    for name, column, default in _run(COLUMNS):
        if not default:  # a number that the table gives by itself
            columns.setdefault(name, []).append(column)
    for name, named in columns.items():
        whose = {"people_user": "id"}.get(name, "owner_id" if "owner_id" in named else "user_id")
        if whose not in named or name in LEFT_OUT:
            continue
        if name in OF_COACH:
            yield _Table(name, named, _copied(name, named, whose, coach), whose, is_of_coach=True)
        if name in ABOUT_CLIENTS:
            yield _Table(name, named, _copied(name, named, whose, coach), whose)
        if name not in ABOUT_CLIENTS:
            yield _Table(name, named, _copied(name, named, whose, person), whose)


def _copied(name: str, columns: list[str], whose: str, owner: User) -> list[str]:
    sql = f"copy (select {_quoted(columns)} from {name} where {whose} = '{owner.pk}'"
    sql += f" order by {'created_at' if 'created_at' in columns else '1'}) to stdout"
    with connection.cursor() as cursor, cursor.connection.cursor().copy(sql) as copy:
        return b"".join(bytes(block) for block in copy).decode().splitlines()


def _quoted(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _ids(tables: list[_Table]) -> _Ids:
    ids = _Ids(set(), set(), set())
    for table in tables:
        for column in {"id", "stored_as"} & {*table.columns}:
            found = {row.split("\t")[table.columns.index(column)] for row in table.rows}
            (ids.of_coach if table.is_of_coach else ids.of_person).update(found)
            if table.name in DIARY:
                ids.of_diary.update(found)
    return ids


def _lines(
    table: _Table, ids: _Ids, people: int, seal_anew: Callable[[str, str], str]
) -> Iterator[str]:
    """Each row for all people, in the order in which they would have come in."""
    quarters = (1, 0) if table.name in DIARY else (0,)
    for quarter in quarters:
        for row in table.rows:
            for first_coach in (True, False):
                template = _template(row, ids, quarter, is_first_coachs=first_coach)
                for number in _numbers(table, people, first_coach=first_coach):
                    if quarter and number % 2:
                        continue
                    coach = number if table.is_of_coach else number // CLIENTS
                    line = template % {"p": f"{number:08x}", "c": f"{coach:08x}", "n": number}
                    is_read = first_coach and not table.is_of_coach
                    yield seal_anew(row, line) if is_read else line


def _numbers(table: _Table, people: int, *, first_coach: bool) -> range:
    if table.is_of_coach:
        return range(0) if first_coach else range(1, people // CLIENTS + 1)
    return range(1, CLIENTS) if first_coach else range(CLIENTS, people + 1)


def _template(row: str, ids: _Ids, quarter: int, *, is_first_coachs: bool) -> str:
    def named(match: re.Match[str]) -> str:
        found = match[0]
        if found in ids.of_person:
            return f"{found[:-10]}{quarter if found in ids.of_diary else 0:02x}%(p)s"
        if found in ids.of_coach and not is_first_coachs:
            return f"{found[:-10]}ff%(c)s"
        return found

    def earlier(match: re.Match[str]) -> str:
        return str(date.fromisoformat(match[0]) - quarter * QUARTER)

    row = ID.sub(named, row.replace("%", "%%"))
    row = DAY.sub(earlier, row) if quarter else row
    return row.replace(EMAIL, "person%(n)d@example.org").replace(
        COACH_EMAIL, "coach%(n)d@example.org"
    )


def _raw_key(person: User) -> bytes:
    key = DataKey.objects.get(owner=person)
    return unwrap(bytes(key.wrapped), key.master, person.pk)


def _sealed_anew(table: _Table, keys_of: dict[str, bytes], row: str, line: str) -> str:
    """The words of a row for its new place, under the same key, which is wrapped for its owner."""
    before, after = row.split("\t"), line.split("\t")
    at = table.columns.index
    owner = at(table.owner)
    raw, new_owner = keys_of[before[owner]], UUID(after[owner])
    if table.name == "privacy_datakey":
        wrapped, after[at("master")] = wrap(raw, new_owner)
        after[at("wrapped")] = HEX + wrapped.hex()
    for field in table.words():
        if before[at(field.column)] != NOTHING:
            text = unseal(
                AESGCM(raw),
                bytes.fromhex(before[at(field.column)].removeprefix(HEX)),
                field.place_of(UUID(before[owner])) + UUID(before[at("id")]).bytes,
            )
            place = field.place_of(new_owner) + UUID(after[at("id")]).bytes
            after[at(field.column)] = HEX + seal(AESGCM(raw), text, place).hex()
    return "\t".join(after)


def _copy(table: _Table, lines: Iterator[str]) -> None:
    sql = f"copy {table.name} ({_quoted(table.columns)}) from stdin"
    with connection.cursor() as cursor, cursor.connection.cursor().copy(sql) as copy:
        while block := [*islice(lines, BLOCK)]:
            copy.write("\n".join([*block, ""]))


def _drop() -> list[str]:
    """Drops foreign keys and indexes; returns what makes them again, indexes first."""
    again: list[str] = []
    for drop, make in (*_run(INDEXES), *_run(FOREIGN_KEYS)):
        _run(drop)
        again.append(make)
    return again


def _run(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
