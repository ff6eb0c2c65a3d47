"""Every sentence a page shows can be translated.

While a page is made, every translation is wrapped in two marks that no one sees and that take no
space. What is left outside is either something that a person wrote or a string that no catalogue
will ever see.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import Model
from django.utils.translation import _trans

from journal.exchange.foreign.importers import IMPORTERS
from journal.exchange.models import Export
from journal.people import clock
from journal.people.models import User
from journal.people.templatetags import shell
from journal.privacy import mfa_secrets
from journal.privacy.ownership import words_of
from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from journal.sharing.models import Team, TeamMember
from journal.support import countries
from journal.support.models import SupportResource
from journal.today import promise_rows
from tests.markup import Element, parse
from tests.privacy.stored import run

SAID_ALOUD = (
    "title",
    "aria-label",
    "placeholder",
    "alt",
    "aria-description",
    "aria-roledescription",
)
WORD = re.compile(r"[^\W\d_]{2,}")  # two letters or more; numbers and signs need no translating
ADDRESS = re.compile(r"https?://\S+")
NAMES = {"Selftrust", "UTC"}
# Invisible characters of Unicode; two of them, as a sentence may stand in another.
BEGIN, END = "\u2063", "\u2064"
NOT_SHOWN = ("script", "style", "template")


@contextmanager
def marked() -> Iterator[None]:
    """Wraps what any translating function returns, in every thread."""

    def wrapped(function: Callable[..., str]) -> Callable[..., str]:
        return lambda *args, **kwargs: f"{BEGIN}{function(*args, **kwargs)}{END}"

    with pytest.MonkeyPatch.context() as patch:
        for name in ("gettext", "ngettext", "pgettext", "npgettext"):
            patch.setattr(_trans, name, wrapped(getattr(_trans, name)), raising=False)
        promise_rows.forget()  # what is remembered for each language, of which this is none
        shell.forget()
        yield
    promise_rows.forget()
    shell.forget()


def words_in(*texts: str) -> set[str]:
    return set(WORD.findall(" ".join(texts)))


@cache
def names_of_zones() -> set[str]:
    return words_in(*clock.zone_names())


def written_in() -> list[type[Model]]:
    """The models with words of which there is anything, found in one statement."""
    models = {model._meta.label: model for model in apps.get_models() if [*words_of(model)]}
    return [
        models[label]
        for (label,) in run(
            " union all ".join(
                f"select '{label}' where exists (select from {model._meta.db_table})"
                for label, model in models.items()
            )
        )
    ]


def own_words() -> set[str]:
    """Every word of whoever wrote something, as it may stand on a page, also cut off."""
    words = NAMES | names_of_zones() | words_in(*(str(one.label) for one in IMPORTERS))
    for model in written_in():
        for row in model._default_manager.all():
            with acting_as(row.owner_id):
                texts = [getattr(row, field.name) for field in words_of(model)]
            for text in texts:
                words.update(WORD.findall(text))
                words.update(WORD.findall(text[:1].upper() + text[1:]))  # as a heading
    words.update(WORD.findall(countries.FILE.read_text()))  # names of helplines, and their hours
    for resource in SupportResource.objects.values_list():  # an operator wrote it
        words.update(WORD.findall(" ".join(map(str, resource))))
    for team in Team.objects.all():  # not sealed, since a team shows them to others
        words.update(WORD.findall(f"{team.name} {team.initials} {team.consent_text}"))
    for name in TeamMember.objects.values_list("name", flat=True):
        words.update(WORD.findall(name))
    for text in Prompt.objects.values_list("text", flat=True):
        words.update(WORD.findall(text))
    for data in Authenticator.objects.filter(type="webauthn").values_list("data", flat=True):
        words.update(WORD.findall(mfa_secrets.unseal(data["name"])))
    for email in User.objects.values_list("email", flat=True):
        words.update(WORD.findall(email))
    for export in Export.objects.all():
        words.update(WORD.findall(export.name))
    for name in UserSession.objects.values_list("user_agent", flat=True):
        words.update(WORD.findall(name))
    return words


def untranslated(html: str, known: set[str]) -> list[str]:
    document, _errors = parse(html)
    found: list[str] = []

    def look(element: Element, text: str, bare: str) -> None:
        if [word for word in WORD.findall(bare) if word not in known]:
            found.append(f"line {element.line}: <{element.tag}> {' '.join(text.split())[:100]!r}")

    depth = 0  # a sentence may have markup in it, and so reach over several pieces of text
    for element, text in document.texts():
        if not hidden(element):
            bare, depth = outside(text, depth)
            look(element, text, ADDRESS.sub(" ", bare))
    if depth:
        found.append("A translated sentence is cut off somewhere, so its end cannot be found.")
    for element in document.walk():
        for name in SAID_ALOUD:
            look(element, element[name], outside(element[name])[0])
        if element["type"] == "submit":
            look(element, element["value"], outside(element["value"])[0])
    return found


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of a text is in no marks, and how many marks are still open at its end."""
    bare = []
    for piece in re.split(f"([{BEGIN}{END}])", text):
        if piece in {BEGIN, END}:
            depth += 1 if piece == BEGIN else -1
            bare.append(" ")
        elif depth == 0:
            bare.append(piece)
    return "".join(bare), depth


def hidden(element: Element) -> bool:
    if element.tag in NOT_SHOWN or element.inside(*NOT_SHOWN):
        return True
    if any(one["translate"] == "no" for one in (element, *element.ancestors())):
        return True  # codes, which are the same in every language
    # Fields that travel along unseen; other hidden parts may be shown later.
    return element.tag == "textarea" and "hidden" in element.attrs
