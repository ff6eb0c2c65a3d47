"""Rules of models, views and modules. Each failure says which rule, and what to do instead."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

from journal.guide.models import Guided
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel
from tests.architecture.sources import PYTHON, ROOT, name_of
from tests.routes.addresses import all_views

OWNED = [model for model in apps.get_models() if issubclass(model, OwnedModel)]
# What a coach asks by, across the people who share with them.
ACROSS_PEOPLE = {
    "ShareGrant": ["link"],
    "Reminder": ["next_at"],
    "PushMessage": ["next_at"],
    "Handover": ["link"],  # as a coach finds it
    "TeamMember": ["team"],
    # For the purge, past the wall.
    "EarlierVersion": ["created_at"],
    "SentReminder": ["day"],
}
ACROSS_PEOPLE |= {"ExportSchedule": ["next_at"], "Reply": ["link"]}
# Text on an owned table that is not sealed, because no person wrote it.
NOT_WRITTEN_BY_ANYONE = {
    "access_tokens.AccessToken.subject": "a kind of reminder, or a choice",
    "access_tokens.AccessToken.token_hash": "a hash",
    "coaching.CoachInvitation.recipient_hash": "a hash",
    "coaching.CoachInvitation.token_hash": "a hash",
    "coaching.CoachLink.zone_shown": "a time zone",
    "coaching.Comment.kind": "the kind of a row",
    "coaching.ConsentEvent.about": "a kind, a practice or a measure",
    "coaching.ConsentEvent.detail": "counts, or full",
    "coaching.ConsentEvent.scope": "what kind of share",
    "coaching.Opening.kind": "the kind of a row",
    "coaching.Reply.kind": "the kind of a row",
    "coaching.Session.zone": "a time zone",
    "coaching.ShareGrant.about": "a kind, a practice or a measure",
    "coaching.SharedFigure.slug": "a measure, or a week",
    "coaching.TeamMember.name": "for the coaches of a team; docs/privacy.md says it is not sealed",
    "coaching.Withheld.kind": "the kind of a row",
    "exchange.ImportedRows.table": "the name of a table",
    "lessons.LessonUse.linked_kind": "the kind of a row",
    "lessons.Thread.from_kind": "the kind of a row",
    "lessons.Thread.to_kind": "the kind of a row",
    "reflections.DailyCheck.written_zone": "a time zone",
    "reflections.Entry.written_zone": "a time zone",
    "reflections.WeeklyReflection.written_zone": "a time zone",
    "reflections.SelfCompassion.occurred_zone": "a time zone",
    "push.PushSubscription.endpoint_hash": "a hash",
    "reminders.ReminderPreference.origin": "the address of this installation",
    "reminders.ReminderPreference.refused_hash": "of an email address",
    "people.User.password": "a hash",
    "people.User.email": "for signing in; docs/privacy.md says that it is not sealed",
    "people.User.zone": "a time zone",
    "people.User.zone_declined": "a time zone",
    "people.User.language": "a language code",
    "people.User.browser_language": "a language code",
    "promises.Experiment.allocation": "a letter for each week",
}


def indexes_of(model: type[models.Model]) -> list[list[str]]:
    return [[name.lstrip("-") for name in index.fields] for index in model._meta.indexes]


def test_each_index_of_an_owned_table_begins_with_the_owner():
    wrong = [
        f"{model.__name__}: {fields}"
        for model in OWNED
        for fields in indexes_of(model)
        if fields[0] != "owner" and fields != ACROSS_PEOPLE.get(model.__name__)
    ]
    assert not wrong, f"{wrong}: an index of an owned table begins with the owner."


def test_each_owned_table_has_an_index_of_its_owner():
    unique = models.UniqueConstraint
    without = [
        model.__name__
        for model in OWNED
        if not any(
            fields[0] == "owner"
            for fields in [
                *indexes_of(model),
                *(one.fields for one in model._meta.constraints if isinstance(one, unique)),
            ]
            if fields
        )
    ]
    assert not without, f"{without}: no index begins with the owner, so the wall reads every row."


def name_of_table(model: type[models.Model]) -> str:
    """As exports name it."""
    return getattr(model, "export_name", model._meta.label)


def test_what_people_write_is_sealed():
    bare = [
        f"{name_of_table(model)}.{field.name}"
        for model in [*OWNED, User]
        for field in model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        and not field.choices
        and not (field.name == "step" and issubclass(model, Guided))  # a slug of the flow
    ]
    bare = [name for name in bare if name not in NOT_WRITTEN_BY_ANYONE]
    assert not bare, (
        f"{bare}: what a person writes is a WordsField; for anything else say in "
        "NOT_WRITTEN_BY_ANYONE what it is."
    )


def test_the_exceptions_to_sealing_are_still_there():
    names = {
        f"{name_of_table(model)}.{field.name}"
        for model in [*OWNED, User]
        for field in model._meta.concrete_fields
        if not isinstance(field, WordsField)
    }
    assert set(NOT_WRITTEN_BY_ANYONE) <= names


def test_an_owned_table_does_not_name_its_words_in_a_log():
    naming = [model.__name__ for model in OWNED if model.__str__ is not OwnedModel.__str__]
    assert not naming, f"{naming}: str() of a row ends in logs and admin pages."


# What an address leads to is a view, whatever its module is called. Other functions that take a
# request help one, and need no decorators.
OUR_VIEWS = [
    view for view in map(inspect.unwrap, all_views()) if view.__module__.startswith("journal.")
]
VIEWS = sorted({Path(inspect.getfile(view)) for view in OUR_VIEWS})


def views_in(path: Path, tree: ast.Module) -> Iterator[ast.FunctionDef]:
    names = {view.__name__ for view in OUR_VIEWS if Path(inspect.getfile(view)) == path}
    return (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names)


def decorators(function: ast.FunctionDef) -> list[str]:
    calls = (one.func if isinstance(one, ast.Call) else one for one in function.decorator_list)
    return [ast.unparse(one) for one in calls]


ASKING = {"filter", "exclude", "annotate", "aggregate", "raw", "extra"}


@cache
def nodes_of_views() -> list[tuple[str, ast.Attribute]]:
    """Everything that is asked of something in the modules of views, each with its place."""
    return [
        (f"{name_of(path)}:{node.lineno}", node)
        for path in VIEWS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    ]


def test_views_name_their_queries():
    asked = [f"{place}: .{node.attr}" for place, node in nodes_of_views() if node.attr in ASKING]
    assert not asked, f"{asked}: name the idea in the queryset and call that."


def test_each_query_of_a_view_starts_from_the_person():
    owned = {model.__name__ for model in OWNED}
    everyone = [
        f"{place}: {ast.unparse(node)}"
        for place, node in nodes_of_views()
        if node.attr == "objects" and ast.unparse(node.value) in owned
    ]
    assert not everyone, f"{everyone}: every query starts from the person, request.user.things."


def test_views_are_functions_that_say_their_methods_first():
    methods = {"require_GET", "require_POST", "require_http_methods"}
    wrong = []
    for path in VIEWS:
        for function in views_in(path, ast.parse(path.read_text())):
            if function.returns is None:
                wrong.append(f"{name_of(path)}: {function.name} does not say what it returns")
            if decorators(function)[:1] == [] or decorators(function)[0] not in methods:
                wrong.append(f"{name_of(path)}: {function.name} does not say its methods first")
    assert not wrong, f"{wrong}: the methods come first, then who may, and then the rest."


def test_views_of_ours_are_no_classes():
    classes = [view.__qualname__ for view in OUR_VIEWS if hasattr(view, "view_class")]
    assert not classes, f"{classes}: views are functions."


def test_nothing_happens_by_signal():
    telling = [
        name_of(path)
        for path in PYTHON
        if path.is_relative_to(ROOT / "journal")
        and re.search(
            r"django\.(db\.models|dispatch|core)(\.| import )signals?|@receiver", path.read_text()
        )
    ]
    assert not telling, f"{telling}: create related rows where the story happens."


MOST_IGNORES = 40
IGNORE = re.compile(r"# type: (?:ignore)(\[[\w, -]+\]  # \w)?")  # does not find itself


def test_a_type_is_ignored_rarely_and_for_a_reason():
    """In one line: the error's code in brackets, then its reason. mypy refuses idle ones."""
    ignores = [
        (f"{name_of(path)}:{number}", found[1])
        for path in PYTHON
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for found in IGNORE.finditer(line)
    ]
    bare = [place for place, reason in ignores if not reason]
    assert not bare, f"{bare}: say which error, and after it why it is none."
    assert len(ignores) < MOST_IGNORES, f"{len(ignores)}: correct the type instead."


def test_no_app_is_a_junk_drawer():
    drawers = {"utils", "services", "helpers", "common", "misc", "managers", "mixins"}
    found = [name_of(path) for path in PYTHON if drawers & {path.stem, path.parent.name}]
    assert not found, f"{found}: a module is named after its subject."
