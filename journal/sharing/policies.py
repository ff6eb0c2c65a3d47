"""The coach's side of the wall: what the database lets `selftrust_coach` read, and why.

A request under /coach/ first takes a shared lock on each of the coach's links
(`coaching_lock_links`) and may read by those links alone. Changing or revoking a grant takes the
exclusive lock (`CoachLink.lock`), so no request reads revoked rows once the client was answered.

`Share` opens a table to grants, `SharePart` the rows that belong to a shared one, `CoachsOwn` the
coach's own rows. Each policy calls its functions once per statement, not once per row.
"""

from abc import abstractmethod
from pathlib import Path
from typing import Any

from django.db.migrations.operations.special import RunSQL

from journal.privacy.migration_operations import MINE, TableOperation
from journal.privacy.rls import COACH, PERSON
from journal.sharing.shareable import BRIEF, KINDS, PARTS, Kind

SQL = Path(__file__).with_name("functions.sql")
COACH_FUNCTIONS: tuple[str, ...] = (
    "lock_links()",
    "links()",
    "restrict_to(uuid[])",
    "readable_owners()",
    "items(text)",
    "pairs(text)",
    "practice(text)",
)
COACH_FUNCTIONS += ("kept_out(text)", "sees(uuid, text, uuid)", "listens(uuid)", "lock(uuid)")
COACH_FUNCTIONS += ("log(uuid[], text[], uuid[])",)
PERSON_FUNCTIONS: tuple[str, ...] = ("lock(uuid)", "end(uuid)", "withdraw()")

# The key of `coaching_note`; no backup holds it.
NEW_NOTE_KEY = """
insert into public.sharing_notekey
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
 where not exists (select from public.sharing_notekey);
"""


def table_of(kind: Kind) -> str:
    return kind.model.lower().replace(".", "_")


def functions() -> str:
    sees = "\n".join(
        f"        when '{kind.name}' then exists "
        f"(select from {table_of(kind)} where id = which and owner_id = whose)"
        for kind in KINDS.values()
    )
    practices = "\n".join(
        f"                when '{kind.name}' then '{kind.practice}'"
        for kind in KINDS.values()
        if kind.practice
    )
    sql = SQL.read_text(encoding="utf-8")
    sql = sql.replace("-- one line for each kind: SEES", sees)
    sql = sql.replace("-- one line for each kind: PRACTICES", practices)
    sql = sql.replace("-- NEW_NOTE_KEY", NEW_NOTE_KEY)
    for role, names in ((COACH, COACH_FUNCTIONS), (PERSON, PERSON_FUNCTIONS)):
        for name in names:
            sql += f"revoke execute on function public.coaching_{name} from public;\n"
            sql += f"grant execute on function public.coaching_{name} to {role};\n"
    return sql


NAMES = sorted({*COACH_FUNCTIONS, *PERSON_FUNCTIONS, "note(uuid[])", "signed(text)"})
DROP = "\n".join(f"drop function coaching_{name};" for name in NAMES)
DROP += "\ndrop table sharing_notekey;"


class CoachingFunctions(RunSQL):
    """Creates the functions above: after the tables they read, before the
    policies that call them."""

    def __init__(self) -> None:
        super().__init__(functions(), DROP)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {}


class _ForCoach(TableOperation):
    """One policy for the coach's role, with its privileges."""

    policy, may = "shared", "select"

    @abstractmethod
    def for_(self, table: str) -> str:
        """The SQL after the table's name in `create policy`."""

    def statements(self, table: str) -> list[str]:
        return [
            f"create policy {self.policy} on {table} {self.for_(table)}",
            f"grant {self.may} on {table} to {COACH}",
        ]

    def reversal(self, table: str) -> list[str]:
        return [
            f"revoke all on {table} from {COACH}",
            f"drop policy {self.policy} on {table}",
        ]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {}

    def describe(self) -> str:
        return f"Let coaches read what is shared of {self.model}"


class Share(_ForCoach):
    """Opens a table of `shareable.py` to grants; deleting a row revokes its grants."""

    @property
    def kind(self) -> Kind:
        return next(kind for kind in (*KINDS.values(), BRIEF) if kind.model == self.model)

    def for_(self, table: str) -> str:
        kind = self.kind
        pair = "(owner_id || ':' || id)"
        opened = (
            f"id = any ((select coaching_items('{kind.name}'))::uuid[])"
            f" and (select coaching_pairs('{kind.name}')) ? {pair}"
        )
        if kind.practice:
            since = f"((select coaching_practice('{kind.practice}')) ->> owner_id::text)::float8"
            opened += (
                f" or not ({kind.one_by_one})"
                f" and not (select coaching_kept_out('{kind.name}')) ? {pair}"
                f" and coalesce(extract(epoch from {kind.since}) >= {since}, false)"
            )
        return (
            f"for select to {COACH} using (deleted_at is null and {kind.ready} "
            f"and owner_id = any ((select coaching_readable_owners())::uuid[]) and ({opened}))"
        )

    def statements(self, table: str) -> list[str]:
        kind = self.kind
        return [
            *super().statements(table),
            f"create trigger taken_back after update of deleted_at on {table} for each row "
            f"when (old.deleted_at is null and new.deleted_at is not null) "
            f"execute function coaching_withdraw('{kind.name}', '{kind.practice}')",
        ]

    def reversal(self, table: str) -> list[str]:
        return [f"drop trigger taken_back on {table}", *super().reversal(table)]


class SharePart(_ForCoach):
    """Rows that are visible with the shared row they belong to, whose own policy decides.
    `may` narrows the columns."""

    def __init__(self, model: str, *, may: str = "select") -> None:
        super().__init__(model)
        self.may = may

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {"may": self.may}

    def for_(self, table: str) -> str:
        column, whole = PARTS[self.model]
        parent = table_of(KINDS[whole])
        return (
            f"for select to {COACH} using (deleted_at is null and "
            f"owner_id = any ((select coaching_readable_owners())::uuid[]) and "
            f"exists (select from {parent} whole where whole.id = {column}))"
        )


class SharePhotos(SharePart):
    """Photos of an entry that its open grant names. Removing a photo takes it out of every grant,
    and restoring it does not put it back."""

    def for_(self, table: str) -> str:
        ticked = (
            "exists (select from sharing_sharegrant g where g.scope = 'item' and g.about = 'entry' "
            f"and g.item_id = {table}.entry_id and {table}.id = any (g.photos))"
        )
        return super().for_(table).removesuffix(")") + f" and {ticked})"

    def statements(self, table: str) -> list[str]:
        return [
            *super().statements(table),
            """
create or replace function public.coaching_withdraw_photo() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    update sharing_sharegrant set photos = array_remove(photos, new.id), updated_at = now(),
           version = version + 1
     where owner_id = new.owner_id and new.id = any (photos);
    return null;
end $$;
""",
            "revoke execute on function public.coaching_withdraw_photo() from public",
            f"create trigger taken_back after update of deleted_at on {table} for each row "
            "when (old.deleted_at is null and new.deleted_at is not null) "
            "execute function coaching_withdraw_photo()",
        ]

    def reversal(self, table: str) -> list[str]:
        return [
            f"drop trigger taken_back on {table}",
            "drop function coaching_withdraw_photo()",
            *super().reversal(table),
        ]


class CoachsOwn(_ForCoach):
    """Rows that a coach owns. Nobody else reads them, whatever is shared."""

    policy, may = "coachs_own", "select, insert, update, delete"

    def for_(self, table: str) -> str:
        mine = MINE.format(column="owner_id")
        return f"to {COACH} using ({mine}) with check ({mine})"


class ByLink(_ForCoach):
    """Rows that a coach reads by one of their links or grants. `where` is SQL over the row."""

    def __init__(self, model: str, *, where: str, may: str = "select") -> None:
        super().__init__(model)
        self.where = where
        self.may = may

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {"where": self.where, "may": self.may}

    def for_(self, table: str) -> str:
        return f"for select to {COACH} using ({self.where})"


class KeysForCoaches(_ForCoach):
    """The coach's own data key, created with their first sealed text, and the
    keys of their clients."""

    may = "select, insert"

    def for_(self, table: str) -> str:
        mine = MINE.format(column="owner_id")
        others = "owner_id = any ((select coaching_readable_owners())::uuid[])"
        return f"to {COACH} using ({mine} or {others}) with check ({mine})"


class CoachComments(_ForCoach):
    """A coach adds a comment to an item they see, and reads their own
    comments while they see it."""

    may = "select, insert"

    def for_(self, table: str) -> str:
        mine = "link_id = any ((select coaching_links())::uuid[])"
        seen = "coaching_sees(owner_id, kind, item_id)"
        return (
            f"to {COACH} using (deleted_at is null and {mine} and {seen}) "
            f"with check ({mine} and {seen} and coaching_listens(link_id))"
        )


class CommentsUnseen(TableOperation):
    """The client's own moment of reading a comment: the client sets it, and no coach reads it."""

    columns = "id, owner_id, link_id, kind, item_id, body, created_at, updated_at, deleted_at"

    def statements(self, table: str) -> list[str]:
        return [
            f"grant update (seen_at) on {table} to {PERSON}",
            f"revoke select on {table} from {COACH}",
            f"grant select ({self.columns}, version) on {table} to {COACH}",
        ]

    def reversal(self, table: str) -> list[str]:
        return [
            f"revoke update (seen_at) on {table} from {PERSON}",
            f"revoke select ({self.columns}, version) on {table} from {COACH}",
            f"grant select on {table} to {COACH}",
        ]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {}

    def describe(self) -> str:
        return f"Keep from coaches when {self.model} was read"
