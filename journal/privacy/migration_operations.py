"""Migration operations that put a table behind the wall.

A new owned table needs `EnableRowLevelSecurity("model")`, and for each foreign key to another owned
table `SameOwnerForeignKey(...)`, since PostgreSQL bypasses row policies when it checks foreign
keys.
"""

from abc import ABC, abstractmethod
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

from journal.privacy.rls import COACH, PERSON

CREATE_ROLES = """
do $$
declare
    wanted text;
begin
    if current_setting('server_version_num')::int < 160000 then
        raise exception 'Selftrust needs PostgreSQL 16 or newer.';
    end if;
    foreach wanted in array array['selftrust_person', 'selftrust_coach'] loop
        -- Roles belong to the whole cluster: another database, or a migration that runs at the
        -- same time, may have made them already.
        if not exists (select from pg_roles where rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception when duplicate_object or unique_violation then null;
            end;
        end if;
        if not pg_has_role(current_user, wanted, 'set') then
            execute format('grant %I to %I with set true, inherit false', wanted, current_user);
        end if;
        execute format('grant usage on schema public to %I', wanted);
    end loop;
exception when insufficient_privilege then
    raise exception using message = format(
        'This database account may not create roles. Ask the owner of the database to run: '
        'create role selftrust_person nologin; create role selftrust_coach nologin; '
        'grant selftrust_person, selftrust_coach to %I with set true, inherit false; '
        'grant usage on schema public to selftrust_person, selftrust_coach; '
        'and then start again.', current_user);
end $$;

create or replace function public.privacy_me() returns uuid language sql stable parallel safe
set search_path = pg_catalog, public, pg_temp
as $$ select nullif(current_setting('selftrust.person', true), '')::uuid $$;
"""

MINE = "{column} = (select privacy_me())"


class CreateRoles(RunSQL):
    """Creates the two roles and `privacy_me()`. Reversal keeps the roles, since other databases
    may use them."""

    def __init__(self) -> None:
        super().__init__(CREATE_ROLES, "drop function if exists privacy_me()")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {}


class TableOperation(Operation, ABC):
    """Runs SQL on a model's table; subclasses define it."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def _table(self, app_label: str, state: Any) -> str:
        model = self.model if "." in self.model else f"{app_label}.{self.model}"
        return state.apps.get_model(model)._meta.db_table

    @abstractmethod
    def statements(self, table: str) -> list[str]:
        """The SQL that puts the table behind the wall."""

    @abstractmethod
    def reversal(self, table: str) -> list[str]:
        """The SQL that reverts `statements`."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in self.statements(self._table(app_label, to_state)):
            schema_editor.execute(statement, None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for statement in self.reversal(self._table(app_label, from_state)):
            schema_editor.execute(statement, None)


class _OwnRows(TableOperation):
    """The person's role sees only the rows whose `column` is the person."""

    column = "owner_id"

    @abstractmethod
    def grants(self) -> list[str]:
        """The privileges on those rows, such as "select"."""

    def statements(self, table: str) -> list[str]:
        mine = MINE.format(column=self.column)
        return [
            f"alter table {table} enable row level security",
            f"create policy own_rows on {table} to {PERSON} using ({mine}) with check ({mine})",
            *(f"grant {privileges} on {table} to {PERSON}" for privileges in self.grants()),
        ]

    def reversal(self, table: str) -> list[str]:
        return [
            f"revoke all on {table} from {PERSON}",
            f"drop policy own_rows on {table}",
            f"alter table {table} disable row level security",
        ]


# Few rows are in the bin, and `manage.py purge` looks for them past the wall.
INDEX_BINS = """
do $$ declare one text; begin
  for one in select table_name from information_schema.columns
              where table_schema = 'public' and column_name = 'deleted_at' {of_table} loop
    execute 'create index if not exists ' || quote_ident(one || '_bin') || ' on '
            || quote_ident(one) || ' (deleted_at) where deleted_at is not null';
  end loop;
end $$
"""


class EnableRowLevelSecurity(_OwnRows):
    """Gives a table its own-row policies, the person's role its privileges, the coach's role none;
    and an index of its bin.

    `allow` narrows the privileges, e.g. `"select, insert"` for an append-only table.
    """

    def __init__(self, model: str, *, allow: str = "select, insert, update, delete") -> None:
        super().__init__(model)
        self.allow = allow

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {"allow": self.allow}

    def describe(self) -> str:
        return f"Put {self.model} behind the wall"

    def grants(self) -> list[str]:
        return [self.allow]

    def statements(self, table: str) -> list[str]:
        return [
            *super().statements(table),
            INDEX_BINS.format(of_table=f"and table_name = '{table}'"),
        ]


class ProtectIdentity(_OwnRows):
    """An identity table (user, addresses, sessions): a person reads only their own row.

    `update` names the columns that person may change; only /accounts/ changes the others.
    """

    def __init__(self, model: str, *, column: str, update: str = "") -> None:
        super().__init__(model)
        self.column = column
        self.update = update

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {"column": self.column, "update": self.update}

    def describe(self) -> str:
        return f"Let a person read only their own row of {self.model}"

    def grants(self) -> list[str]:
        return ["select", f"update ({self.update})"] if self.update else ["select"]


class ReadableByAll(TableOperation):
    """Seeded content without an owner (prompts, starters): both roles may read, neither write."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {}

    def describe(self) -> str:
        return f"Let everyone read {self.model}"

    def statements(self, table: str) -> list[str]:
        return [f"grant select on {table} to {PERSON}, {COACH}"]

    def reversal(self, table: str) -> list[str]:
        return [f"revoke select on {table} from {PERSON}, {COACH}"]  # noqa: S608 - our table


# Which plain foreign keys say nothing that one with the owner, or another second column, does not.
PLAIN_KEYS = """
select plain.conrelid::regclass as child, plain.conname
  from pg_constraint plain
  join pg_constraint whole
    on whole.conrelid = plain.conrelid and whole.confrelid = plain.confrelid
   and whole.contype = 'f' and whole.conkey[1] = plain.conkey[1] and cardinality(whole.conkey) = 2
 where plain.contype = 'f' and cardinality(plain.conkey) = 1
   and plain.connamespace = 'public'::regnamespace
"""
DROP_PLAIN_KEYS = """
do $$ declare key record; begin
  for key in {keys} {of_table} loop
    execute 'alter table ' || key.child || ' drop constraint if exists '
            || quote_ident(key.conname);
  end loop;
end $$
"""


class SameOwnerForeignKey(TableOperation):
    """A composite foreign key by which a child row and its parent have the same owner.

    It takes the place of Django's own, which no index of ours serves: each of them begins with the
    owner, so every row deleted from the parent would read the whole child table.

    The parent needs `UniqueConstraint(fields=["id", "owner"])`. `on_delete` applies to the child
    when the parent is deleted: "cascade", or "set null" (which clears only the reference).
    """

    def __init__(self, model: str, *, column: str, parent: str, on_delete: str = "cascade") -> None:
        super().__init__(model)
        self.column = column
        self.parent = parent
        self.on_delete = on_delete

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        kwargs = {"column": self.column, "parent": self.parent, "on_delete": self.on_delete}
        return self.__class__.__name__, [self.model], kwargs

    def describe(self) -> str:
        return f"Keep {self.model}.{self.column} with the same owner"

    def statements(self, table: str) -> list[str]:
        action = f"set null ({self.column})" if self.on_delete == "set null" else self.on_delete
        return [
            f"alter table {table} add constraint {table}_{self.column}_same_owner "
            f"foreign key ({self.column}, owner_id) references {self.parent} (id, owner_id) "
            f"on delete {action} deferrable initially deferred",
            DROP_PLAIN_KEYS.format(
                keys=PLAIN_KEYS, of_table=f"and plain.conrelid = '{table}'::regclass"
            ),
        ]

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        """Django adds its own keys when a migration ends."""
        table = self._table(app_label, to_state)
        schema_editor.deferred_sql = [
            waiting
            for waiting in schema_editor.deferred_sql
            if " FOREIGN KEY " not in getattr(waiting, "template", "")
            or not waiting.references_column(table, self.column)
        ]
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def reversal(self, table: str) -> list[str]:
        return [f"alter table {table} drop constraint {table}_{self.column}_same_owner"]
