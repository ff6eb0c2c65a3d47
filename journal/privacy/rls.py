"""The wall: the database itself refuses a row that is not the actor's.

Two roles without login, one for a person in their own journal and one for a coach looking at
what was shared. The login role owns the tables; at the start of a request it steps down to one
of the two, inside a transaction, and says whose rows are meant. Row policies do the rest, so a
query that forgot its filter returns the actor's rows and nobody else's.

- A new table with an `owner` joins by `Protect("model")` in the migration that creates it.
- A foreign key between two owned tables also gets `BelongTogether`, since PostgreSQL checks
  foreign keys without asking row policies.
- Code outside a request (commands, tests, tasks) writes inside `with acting_as(person):`.

What it does not do: stop SQL injection, for the process may step back up (docs/privacy.md).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PERSON = "selftrust_person"
COACH = "selftrust_coach"
OWNER = "none"  # the login role itself

# Who a request acts as, by the start of its path; everything else, anonymous included, is PERSON.
# Signing in must read other people's addresses, so /accounts/ and /admin/ keep the owner's role.
ROLE_BY_PREFIX = (("/accounts/", OWNER), ("/admin/", OWNER), ("/coach/", COACH))
# Exactly these answer without a database, also when there is none; nothing guards a query there.
WITHOUT_DATABASE = ("/healthz", "/support/")


@dataclass
class Scope:
    """Who acts in this stretch of code, and the data keys opened for it (forgotten with it)."""

    person_id: UUID | None
    role: str
    # The person's data key as it is stored, wrapped, and the name of the master key (see keys.py).
    stored_key: tuple[bytes, str] | None = None
    keys: dict[UUID, Any] = field(default_factory=dict)
    # Whose data key was first made in this transaction; shared by nested scopes (see keys.py).
    new_keys: set[UUID] = field(default_factory=set)
    around: "Scope | None" = None

    def key_of(self, person_id: UUID) -> tuple[bytes, str] | None:
        """The stored key of the person who acts here, also where it was read further out."""
        if self.person_id != person_id:
            return None
        one: Scope | None = self
        while one and not (one.person_id == person_id and one.stored_key):
            one = one.around
        return one.stored_key if one else None


# What a role does first, in SQL: taking locks, say. An app that is ready puts it here.
ON_ROLE_ENTERED: dict[str, str] = {}

_scope: ContextVar[Scope | None] = ContextVar("selftrust_scope", default=None)


def current_scope() -> Scope | None:
    return _scope.get()


@contextmanager
def acting_as(person: models.Model | UUID | None, *, role: str = PERSON) -> Iterator[None]:
    """Run a block in a transaction that sees and touches only this person's rows.

    None acts as nobody: no row of anyone is there. Blocks nest; an inner block puts back what it
    found, since SET LOCAL would otherwise outlive the savepoint it was made in.
    """
    person_id: UUID | None = person.pk if isinstance(person, models.Model) else person
    nested = connection.in_atomic_block
    with transaction.atomic():
        found = _current_actor() if nested else None
        stored_key = None
        if person_id and (found is None or found[0] == OWNER):
            stored_key = _become_with_key(role, str(person_id))
        else:
            _become(role, str(person_id or ""))
        if role in ON_ROLE_ENTERED:
            with connection.cursor() as cursor:
                cursor.execute(ON_ROLE_ENTERED[role])
        scope, around = Scope(person_id, role, stored_key), _scope.get()
        if nested and around:
            scope.new_keys, scope.around = around.new_keys, around
        token = _scope.set(scope)
        try:
            yield
        finally:
            _scope.reset(token)
        # After an exception, or a rollback asked for, the savepoint restores the settings itself.
        if found and not connection.needs_rollback:
            _become(*found)


def _become(role: str, person_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('selftrust.person', %s, true)",
            [role, person_id],
        )


def _become_with_key(role: str, person_id: str) -> tuple[bytes, str] | None:
    """As the owner of the tables, who may still read the data key that nearly every page needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('selftrust.person', %s, true), "
            "wrapped, master from (select) nothing left join privacy_datakey on owner_id = %s",
            [role, person_id, person_id],
        )
        _role, _person, wrapped, master = cursor.fetchone()
    return (bytes(wrapped), master) if wrapped is not None else None


def _current_actor() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('role'), "
            "coalesce(current_setting('selftrust.person', true), '')"
        )
        role, person_id = cursor.fetchone()
        return role, person_id


def role_for(path: str) -> str | None:
    """The role a request to this path runs as; None for a path that needs no database."""
    if path in WITHOUT_DATABASE:
        return None
    return next((role for prefix, role in ROLE_BY_PREFIX if path.startswith(prefix)), PERSON)


class Wall:
    """Middleware: the whole view, and the rendering of its template, happens behind the wall.

    One transaction holds it all. It is rolled back where the answer is a 5xx, and where the view
    raised what became a 404 or another refusal. (Some exceptions are only a way to redirect.)
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        role = role_for(request.path_info)
        if role is None:
            return self.get_response(request)
        person_id = request.user.pk if request.user.is_authenticated else None
        with acting_as(person_id, role=role):
            response = self.get_response(request)
            # Its rows would be read after the transaction is over; unless it says it reads none.
            if response.streaming and not getattr(response, "reads_no_rows", False):
                response.streaming_content = [b"".join(response)]  # type: ignore[attr-defined]
            refused = response.status_code >= 400 and hasattr(request, "raised_in_view")
            if refused or response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # Only noted here: whoever makes the error page may still want to read.
        request.raised_in_view = exception  # type: ignore[attr-defined]


# --- migration operations ---------------------------------------------------------------------

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

create or replace function privacy_me() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('selftrust.person', true), '')::uuid $$;
"""

MINE = "{column} = (select privacy_me())"


class CreateRoles(RunSQL):
    """The two roles and `privacy_me()`. Roles stay on reversal: other databases may use them."""

    def __init__(self) -> None:
        super().__init__(CREATE_ROLES, "drop function if exists privacy_me()")

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [], {}


class TableOperation(Operation, ABC):
    """Runs SQL on a model's table; subclasses say which."""

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
        """What joins the table to the wall."""

    @abstractmethod
    def reversal(self, table: str) -> list[str]:
        """What takes that back."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:  # type: ignore[no-untyped-def]
        for statement in self.statements(self._table(app_label, to_state)):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:  # type: ignore[no-untyped-def]
        for statement in self.reversal(self._table(app_label, from_state)):
            schema_editor.execute(statement)


class _OwnRows(TableOperation):
    """The person's role meets only the rows whose `column` is the person."""

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


class Protect(_OwnRows):
    """Gives a table its own-row policies, the person's role its privileges, the coach's nothing.

    `allow` narrows the privileges, e.g. `"select, insert"` for a table that is only added to.
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


class ProtectIdentity(_OwnRows):
    """An identity table (user, addresses, sessions): a person reads their own row, no other.

    `update` names the columns that person may change; everything else is for /accounts/.
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
    """Seeded content without an owner (prompts, starters): both roles may read, none may write."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__name__, [self.model], {}

    def describe(self) -> str:
        return f"Let everyone read {self.model}"

    def statements(self, table: str) -> list[str]:
        return [f"grant select on {table} to {PERSON}, {COACH}"]

    def reversal(self, table: str) -> list[str]:
        return [f"revoke select on {table} from {PERSON}, {COACH}"]  # noqa: S608 - our table


class BelongTogether(TableOperation):
    """A child row and its parent have one owner, checked by a composite foreign key.

    The parent needs `UniqueConstraint(fields=["id", "owner"])`. `on_delete` is what happens to the
    child when the parent goes: "cascade", or "set null" (which clears only the reference).
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
            f"on delete {action} deferrable initially deferred"
        ]

    def reversal(self, table: str) -> list[str]:
        return [f"alter table {table} drop constraint {table}_{self.column}_same_owner"]
