"""Whatever a page of the coach's area shows of a client's words is in that client's log.

The walk opens every address of the area that tests/routes/table.py knows, under every kind of
grant. Each row of ada's has a word of
its own in each field that can be shared, so a page says by itself which rows it showed.
"""

import json
import re
from typing import Any
from uuid import UUID

import pytest

from journal.coaching.models import CoachNote, LibraryPrompt, NoteTemplate
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import WordsField, opened_rows
from journal.privacy.rls import acting_as
from journal.sharing import access_log, consent, shared_measures
from journal.sharing.models import (
    AccessLogEntry,
    Brief,
    CoachLink,
    Comment,
    SharedMeasure,
    ShareGrant,
)
from journal.sharing.shareable import KINDS
from journal.sharing.shared_fields import SHOWN
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, client_of
from tests.coaching.factories import comment, link, make_session, propose, reply, report
from tests.conftest import signed_in
from tests.decisions.factories import make_addendum, make_decision, make_review
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.page import compact
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake
from tests.routes.table import TABLE

pytestmark = pytest.mark.django_db
Key = tuple[str, UUID]
PRACTICES = ("promises", "boundaries", "self_compassion", "decisions", "mistakes")
WISH = consent.ShareRequest
SOME, OTHERS = ("promises", "boundaries"), ("self_compassion", "decisions", "mistakes")
GRANTS = {
    "practices": [
        *(WISH("practice", one) for one in SOME),
        *(WISH("practice", one, past="from_now") for one in OTHERS),
        WISH("week"),
    ],
    "counts": [
        *(WISH("practice", one, detail="counts") for one in (*SOME, *OTHERS)),
        *(WISH("measure", one, detail="counts") for one in ("kept", "returns")),
        WISH("week", detail="counts"),
    ],
}


def written(kind: str) -> dict[str, str]:
    """The kind's own word in each of its fields of words that a coach may see."""
    table = KINDS[kind].table
    fields = {field.name for field in table._meta.fields if isinstance(field, WordsField)}
    return {name: f"{name} {word_of(kind)}" for name in SHOWN[kind] if name in fields}


def word_of(kind: str) -> str:
    return f"zq{kind.replace('_', '')}qz"


def row_of_each(ada: User) -> dict[str, Any]:
    words = {kind: written(kind) for kind in KINDS}
    boundary = make_boundary(ada, words["boundary"].pop("limit"), **words["boundary"])
    option = dict.fromkeys(("pros", "cons", "consequences"), word_of("decision"))
    decision = make_decision(ada, weighed=option, **words["decision"])
    make_review(decision, outcome=word_of("decision"), learned=word_of("decision"))
    make_addendum(decision, word_of("decision"))
    mistake = make_mistake(ada, f"The {word_of('mistake')}", **words["mistake"])
    with acting_as(ada):
        Lesson.objects.all().delete()  # the one of the mistake has its words
    return {
        "promise": make_promise(ada, words["promise"].pop("statement"), **words["promise"]),
        "boundary": boundary,
        "crossing": make_crossing(
            boundary,
            words["crossing"].pop("what_happened"),
            follow_up_on=clock.today(ada),
            **words["crossing"],
        ),
        "self_compassion": make_moment(
            ada, words["self_compassion"].pop("trigger"), **words["self_compassion"]
        ),
        "decision": decision,
        "mistake": mistake,
        "lesson": make_lesson(ada, **words["lesson"]),
        "entry": make_entry(ada, words["entry"].pop("body"), **words["entry"]),
    }


@pytest.fixture
def made(ada, mira) -> CoachLink:
    return link(ada, mira)


def shared_by(made: CoachLink, given: str) -> dict[str, Key]:
    """The words that a page may show under these grants, and what each of them is a word of."""
    ada = made.owner
    with acting_as(ada):
        consent.share(made, GRANTS.get(given, []), 30)
    rows = row_of_each(ada)
    found = {word_of(kind): (kind, row.pk) for kind, row in rows.items()}
    held, shared = make_session(made, -7, closed=True), make_session(made)
    for number, more in enumerate(({"state": "taken"}, {"state": "changed"}, {})):
        word = f"zqagreement{number}qz"
        agreed = propose(made, word, shared if number == 2 else held, sign=word, **more)
        found[word] = ("agreement", agreed.pk)
        if more:  # what she keeps is on no page
            words = "zqkeptqz" if number else word
            report(agreed, words, shared=number == 0)
    with acting_as(ada):
        if given == "items":
            today = clock.today(ada)
            brief = Brief(owner=ada, link=made, wanted="zqbriefqz", since_on=today)
            brief.written_on = today
            brief.save(force_insert=True)
            found[brief.wanted] = ("brief", brief.pk)
            items = [key for key in found.values() if key[0] != "agreement"]
            consent.share(made, [WISH("item", *key) for key in items], 30)
        SharedMeasure.objects.all().delete()
        grants = [one for one in ShareGrant.objects.all() if shared_measures.has_measures(one)]
        for number, grant in enumerate(grants):
            word = f"zqfigure{number}qz"
            text = json.dumps({"name": word, "said": [word], "own": [[word, word]]})
            SharedMeasure.objects.create(
                owner=ada, grant=grant, slug="kept", as_of=clock.today(ada), text=text
            )
            found[word] = ("figure", grant.pk)
    for kind, row in rows.items() if given == "items" else ():
        comment(made, row, word_of(kind))
        reply(made, row, word_of(kind))
    return found


def requests_of(made: CoachLink, mira: User) -> list[tuple[str, str, dict[str, str]]]:
    """Every page of the area: method, path, and what is posted."""
    client = client_of(made)
    with acting_as(mira):
        note = CoachNote.objects.create(owner=mira, client=client, body="Mine")
        prompt = LibraryPrompt.objects.create(owner=mira, text="Mine?")
        template = NoteTemplate.objects.create(owner=mira, name="Mine", lines="Mine?")
    with acting_as(made.owner):
        things = [
            (kind.name, row.pk) for kind in KINDS.values() for row in kind.table.objects.live()
        ]
        session = made.sessions.get(closed_at=None)
        agreement = session.agreements.get()
    own = {"clients": client.pk, "notes": note.pk, "library": prompt.pk}
    own |= {"templates": template.pk}
    own |= {"sessions": session.pk, "agreements": agreement.pk}
    found = []
    for address in (one for one in TABLE if one.startswith("/coach/")):
        path = address.replace("<uuid:pk>", str(own.get(address.split("/")[2], note.pk)))
        path = path.replace("<slug:size>", "small")
        if "<str:kind>" in address:
            paths = {
                address.replace("<str:kind>", kind).replace("<uuid:pk>", str(pk))
                for kind, pk in things
            }
        else:
            paths = {path}
        for one in sorted(paths):
            found += [(method, one, {"q": "zq"}) for method in ("GET", "POST")]
    return found


@pytest.mark.parametrize("given", [*GRANTS, "items"])
def test_each_page_of_the_area_is_in_the_log_as_it_was(ada, mira, made, given):
    words = shared_by(made, given)
    browser, read = browser_of(mira), set()
    for method, path, posted in requests_of(made, mira):
        AccessLogEntry.objects.all().delete()
        answer = getattr(browser, method.lower())(path, posted)
        page = re.sub("</?mark>", "", answer.content.decode())
        shown = {words[word] for word in re.findall("zq[a-z0-9]+qz", page)}
        with acting_as(ada):
            logged = {(one.kind, one.item_id) for one in AccessLogEntry.objects.all()}
        assert logged == shown, f"{method} {path}"
        if method == "GET" and path.endswith("/brief/"):
            lines = compact(signed_in(ada).get("/sharing/log/")).count("Mira opened: ")
            assert lines == len(shown) > 1
        read |= shown
    assert read == expected(given, words)  # the walk reached all that it could


def expected(given: str, words: dict[str, Key]) -> set[Key]:
    keys = set(words.values())
    if given == "counts":
        return {key for key in keys if key[0] in ("figure", "agreement")}
    return keys - {key for key in keys if key[0] == "entry" and given == "practices"}


def test_the_log_names_what_is_no_item_in_plain_words(ada, mira, made):
    shared_by(made, "counts")

    browser_of(mira).get(f"/coach/clients/{client_of(made).pk}/")

    page = compact(signed_in(ada).get("/sharing/log/"))
    for line in (
        "Promises, counts only",
        "Back after a miss",
        "Weekly summary, counts only",
    ):
        assert f"Mira opened: {line}" in page


def test_words_of_a_table_that_is_not_shared_stop_the_page(ada, mira, made):
    """A new page that read them could not be logged, so it is not shown."""
    with acting_as(ada):
        note = CoachLink.objects.get()
        with pytest.raises(LookupError), access_log.recorded(mira.pk):
            assert note.coach_name == "Mira"
        with access_log.recorded(ada.pk):
            assert note.consent_text


def test_a_comment_is_logged_as_the_item_it_is_on(ada, mira, made):
    rows = shared_by(made, "items")
    with acting_as(ada), opened_rows() as opened:
        said = Comment.objects.first()
        assert said.body
        [row] = opened.values()
        assert access_log.subject(row) in rows.values()
