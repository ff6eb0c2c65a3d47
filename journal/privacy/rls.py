"""The wall: row level security, by which the database hides every row that is not the actor's.

There are two roles without login, one for a person in their own journal and one for a coach who
reads shared rows. The login role owns the tables; at the start of a request it sets one of the two
roles and the person's id for the transaction. The row policies read both, so a query without its
filter returns the actor's rows and nobody else's.

- The operations of migration_operations.py put a new table with an `owner` behind the wall.
- middleware.py sets role and person for each request.
- Code outside a request (commands, tests, tasks) writes inside `with acting_as(person):`.

The wall does not stop SQL injection, since the process may reset its role (docs/privacy.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

PERSON = "selftrust_person"
COACH = "selftrust_coach"
OWNER = "none"  # the login role itself


@dataclass
class Scope:
    """The actor in an `acting_as` block, and the data keys opened in it."""

    person_id: UUID | None
    role: str
    # The person's wrapped data key, and the name of its master key (see keys.py).
    stored_key: tuple[bytes, str] | None = None
    keys: dict[UUID, Any] = field(default_factory=dict)
    # The owners of data keys created in this transaction; nested scopes share it (see keys.py).
    new_keys: set[UUID] = field(default_factory=set)
    around: "Scope | None" = None

    def key_of(self, person_id: UUID) -> tuple[bytes, str] | None:
        """The stored key of the acting person, which an outer scope may have read."""
        if self.person_id != person_id:
            return None
        one: Scope | None = self
        while one and not (one.person_id == person_id and one.stored_key):
            one = one.around
        return one.stored_key if one else None


# SQL that a role runs first, to take locks, say. An app registers it in `AppConfig.ready`.
ON_ROLE_ENTERED: dict[str, str] = {}

_scope: ContextVar[Scope | None] = ContextVar("selftrust_scope", default=None)


def current_scope() -> Scope | None:
    return _scope.get()


@contextmanager
def acting_as(person: models.Model | UUID | None, *, role: str = PERSON) -> Iterator[None]:
    """Runs a block in a transaction that reads and writes only this person's rows.

    None acts as nobody and sees no rows. Blocks nest; an inner block restores the settings it
    found, since SET LOCAL would otherwise outlive its savepoint.
    """
    person_id: UUID | None = person.pk if isinstance(person, models.Model) else person
    nested = connection.in_atomic_block
    with transaction.atomic():
        found = _current_actor() if nested else None
        stored_key = None
        if person_id and (found is None or found[0] == OWNER):
            stored_key = _set_role_with_key(role, str(person_id))
        else:
            _set_role(role, str(person_id or ""))
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
        # After an exception or `set_rollback` the savepoint restores the settings itself.
        if found and not connection.needs_rollback:
            _set_role(*found)


def _set_role(role: str, person_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('selftrust.person', %s, true)",
            [role, person_id],
        )


def _set_role_with_key(role: str, person_id: str) -> tuple[bytes, str] | None:
    """Sets the role and, in the same statement, reads the data key that nearly every page needs.
    Only the owner of the tables, the role before, may read it."""
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
