"""What a migration may do while the version before it still runs.

In a rolling upgrade the new version migrates first, and the old one goes on reading and writing for
a while. `released_migrations.txt` says up to where migrations are released, and `make release`
writes it anew; whatever comes later is looked at here. What is refused takes two releases
(docs/deploying.md).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.apps import apps

if not apps.ready:  # `make check` runs this file without a database
    django.setup()

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from journal.database import structure

RELEASED = Path(__file__).with_name("released_migrations.txt")
# An attribute of a migration: why the version before goes on beside what nobody can read off its
# operations.
REASON = "old_code_goes_on"
TWO_STEPS = "takes away what old code uses"
HARMLESS = (
    *(migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex),
    *(migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.RemoveConstraint),
)
TAKES_AWAY = (
    *(migrations.RemoveField, migrations.DeleteModel, migrations.RenameField),
    *(migrations.RenameModel, migrations.AlterModelTable, migrations.AlterOrderWithRespectTo),
)


UNREADABLE = f"can't be read off, so {REASON} has to say why the version before lives with it"


def complaints(migration: migrations.Migration, state: ProjectState) -> Iterator[str]:
    """Moves the state on."""
    label, new = migration.app_label, set()
    for operation in migration.operations:
        before = state.clone()
        operation.state_forwards(label, state)
        if isinstance(operation, migrations.CreateModel):
            new.add(operation.name_lower)  # no old code knows it
        if changed_model(operation) in new:
            continue
        for one in of_operation(operation, label, before):
            if one != UNREADABLE or not getattr(migration, REASON, ""):
                yield f"{operation.describe()}: {one}"


def changed_model(operation: Operation) -> str:
    name = getattr(operation, "model_name", "") or getattr(operation, "model", "")
    return str(name).lower().rpartition(".")[2]


def of_operation(operation: Operation, label: str, before: ProjectState) -> Iterator[str]:
    after = before.clone()
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for part in operation.database_operations:
            yield from of_operation(part, label, after)
            part.state_forwards(label, after)
        return
    operation.state_forwards(label, after)
    if isinstance(operation, TAKES_AWAY):
        yield TWO_STEPS
    elif isinstance(operation, migrations.AddField):
        if not (operation.field.null or operation.field.has_db_default()):
            # Django's default is gone again as soon as the old rows have it.
            yield "old code leaves it empty: it needs null=True or a db_default"
    elif isinstance(operation, migrations.AlterField):
        was, is_now = (
            state.apps.get_model(label, operation.model_name)._meta.get_field(operation.name)
            for state in (before, after)
        )
        yield from of_changed_field(was, is_now)
    elif not isinstance(operation, HARMLESS):
        yield UNREADABLE


def of_changed_field(was: models.Field, is_now: models.Field) -> Iterator[str]:
    from django.db import connection

    old, new = (field.db_parameters(connection)["type"] for field in (was, is_now))
    longer = (was.max_length or 0) < (is_now.max_length or 0) and type(was) is type(is_now)
    if old != new and not longer:
        yield f"the type changes from {old} to {new}"
    if was.column != is_now.column:
        yield TWO_STEPS
    if was.null and not is_now.null:
        yield "old code may leave it empty"
    if is_now.unique and not was.unique:
        yield "old code may write the same twice"
    if was.has_db_default() and not (is_now.has_db_default() or is_now.null):
        yield "old code may rely on the default"


def released() -> set[tuple[str, str]]:
    lines = RELEASED.read_text().splitlines()
    return {tuple(line.split()) for line in lines if line and not line.startswith("#")}


def ours(loader: MigrationLoader) -> set[tuple[str, str]]:
    labels = {one.label for one in apps.get_app_configs() if one.name.startswith("journal.")}
    return {key for key in loader.disk_migrations if key[0] in labels}


def test_the_version_before_lives_with_every_migration_that_is_not_released():
    loader = MigrationLoader(None)
    mine = ours(loader)
    if os.environ.get("RELEASE"):
        there = "".join(f"{label} {name}\n" for label, name in sorted(mine))
        RELEASED.write_text(
            f"# Migrations of the last release; `make release` writes this.\n{there}"
        )
    old = released()
    assert old <= mine, "A released migration keeps its name: installations know it by that."
    found, state = [], ProjectState()
    plan = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True)
    for key in plan:
        migration = loader.graph.nodes[key]
        if key in old or key not in mine:
            migration.mutate_state(state, preserve=False)
        else:
            found += [f"{'.'.join(key)}: {one}" for one in complaints(migration, state)]
    assert not found, "docs/deploying.md says how, in two releases:\n" + "\n".join(found)


def test_a_first_start_makes_what_they_all_make():
    """tests/embedded/test_structure.py compares the two."""
    there = structure.FILE.read_text().endswith(structure.all_noted())
    assert there, "A migration was added or renamed: run `make structure`."


TEXT = models.CharField(max_length=20)
BASE = migrations.CreateModel("Old", [("id", models.UUIDField(primary_key=True)), ("text", TEXT)])
REFUSED = {
    "gone": migrations.RemoveField("old", "text"),
    "table gone": migrations.DeleteModel("Old"),
    "renamed": migrations.RenameField("old", "text", "words"),
    "table renamed": migrations.RenameModel("Old", "Older"),
    "another type": migrations.AlterField("old", "text", models.IntegerField()),
    "shorter": migrations.AlterField("old", "text", models.CharField(max_length=10)),
    "another column": migrations.AlterField(
        "old", "text", models.CharField(max_length=20, db_column="words")
    ),
    "unique": migrations.AlterField("old", "text", models.CharField(max_length=20, unique=True)),
    "not null": migrations.AddField("old", "more", models.TextField(default="")),
    "unreadable": migrations.RunSQL("drop table old"),
    "constraint": migrations.AddConstraint(
        "old", models.CheckConstraint(condition=models.Q(text="a"), name="a")
    ),
    "hidden": migrations.SeparateDatabaseAndState([migrations.RemoveField("old", "text")]),
}
ALLOWED = {
    "null": migrations.AddField("old", "more", models.TextField(null=True)),
    "default": migrations.AddField("old", "more", models.TextField(db_default="")),
    "longer": migrations.AlterField("old", "text", models.CharField(max_length=30)),
    "no longer used": migrations.SeparateDatabaseAndState(
        [migrations.AlterField("old", "text", models.CharField(max_length=20, null=True))],
        [migrations.RemoveField("old", "text")],
    ),
    "index": migrations.AddIndex("old", models.Index("text", name="by_text")),
}


def said_of(*operations: Operation, reason: str = "") -> list[str]:
    state = ProjectState()
    BASE.state_forwards("drill", state)
    migration = migrations.Migration("0002", "drill")
    migration.operations = operations
    setattr(migration, REASON, reason)
    return list(complaints(migration, state))


@pytest.mark.parametrize("name", REFUSED)
def test_what_old_code_cannot_live_with_is_refused(name):
    assert said_of(REFUSED[name])


def test_what_it_does_not_notice_is_allowed():
    for name, operation in ALLOWED.items():
        assert said_of(operation) == [], name


def test_a_new_table_and_a_sentence_are_allowed():
    table = migrations.CreateModel("New", [("id", models.UUIDField(primary_key=True))])
    field = migrations.AddField("new", "text", models.TextField(default=""))
    assert said_of(table, field) == []
    assert said_of(REFUSED["unreadable"], reason="Nobody reads it since 0.2.") == []
    assert said_of(REFUSED["gone"], reason="Nobody reads it since 0.2.")
