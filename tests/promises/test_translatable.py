"""Every text of the promise pages comes out of a catalogue; only the person's own words do not."""

from datetime import timedelta

import pytest

from journal.people import clock
from journal.privacy.wall import acting_as
from journal.promises.models import Promise
from tests.architecture.test_translatable import bare_texts, in_brackets  # noqa: F401
from tests.conftest import signed_in
from tests.people.making import make_value
from tests.promises.making import answer, make_draft, make_promise

WORDS = ("smallest_version", "cue", "action", "obstacle", "coping_response", "why", "pause_reason")
SLUGS = ("list", "promise", "why", "rhythm", "smallest", "if-then", "obstacle", "spare-days")


@pytest.fixture
def addresses(ada) -> dict[str, str]:
    """Promises in every state, all words beginning with Zz."""
    today = clock.today(ada)
    words = dict.fromkeys(WORDS, "Zz")
    start = today - timedelta(days=40)
    value = make_value(ada, "Zzvalue", meaning="Zz")
    told = make_promise(ada, "Zztold", starts_on=start, value=value, **words)
    marks = ("missed", "kept", "missed", "kept_small", "missed", "excused")
    answer(told, {today - timedelta(days=n): marks[n % 6] for n in range(20)}, note="Zz")
    week = {"cadence": "times_per_week", "times_per_week": 3, "starts_on": start}
    swim = make_promise(ada, "Zzswim", **week | words)
    once = make_promise(ada, "Zzonce", cadence="once", due_on=today, **words)
    paused, gone = make_promise(ada, "Zzpaused", **words), make_promise(ada, "Zzgone", **words)
    make_draft(ada, "Zzother")
    draft = make_draft(ada, "Zzdraft", step="check")
    with acting_as(ada):
        for name, word in words.items():
            setattr(draft, name, word)
        draft.cadence, draft.weekdays, draft.value = "weekdays", [0, 3, 4], value
        draft.save()
        told.renegotiate("Zz")
        Promise.objects.filter(pk=told.pk).update(looked_at_on=None)
        paused.pause("Zz", today + timedelta(days=9))
        gone.retire("too_big")
    rows = {"told": told, "swim": swim, "once": once, "paused": paused, "gone": gone}
    named = {name: promise.get_absolute_url() for name, promise in rows.items()}
    return named | {"draft": draft.get_absolute_url(), "value": f"/settings/values/{value.pk}/"}


PAGES = [
    "/promises/",
    "/promises/new/",
    "/promises/excuse/",
    "/settings/values/",
    "{value}",
    "{swim}",
    "{once}",
    "{paused}",
    "{gone}",
    "{told}",
    "{told}?unsure",
    "{told}check-in/",
    "{swim}check-in/",
    "{told}renegotiate/",
    "{told}pause/",
    "{told}retire/",
    "{told}excuse/",
    *[f"{{draft}}step/{slug}/" for slug in (*SLUGS, "check", "enough")],
]


def test_what_ada_sees(ada, addresses, in_brackets):  # noqa: F811
    client = signed_in(ada)
    bare = {}
    for page in PAGES:
        response = client.get(page.format(**addresses))
        assert response.status_code == 200, page
        bare[page] = bare_texts(response)

    assert {page: texts for page, texts in bare.items() if texts} == {}


ANSWERS = [
    ("/promises/new/", {"lines": "Z" * 141}),
    ("/settings/values/", {"name": "Zzvalue"}),
    ("{value}", {"name": "Zz", "version": 9}),
    ("{told}check-in/", {"due_on": "2999-01-01", "status": "excused"}),
    ("{told}check-in/", {"due_on": "Zz", "status": "Zz", "excuse": "Zz"}),
    ("{swim}check-in/", {"status": "missed"}),
    ("{told}renegotiate/", {"statement": "", "cadence": "weekdays", "version": 1}),
    ("{told}renegotiate/", {"statement": "Zz", "cadence": "once", "due_on": "2020-01-01"}),
    ("{told}pause/", {"version": 99, "pause_reason": "Zz"}),
    ("{told}retire/", {"version": 1}),
    ("{told}excuse/", {"from_on": "2020-01-01", "until_on": "2999-01-01"}),
    ("{draft}step/if-then/", {"version": 99, "cue": "Zzz", "action": "Zzz"}),
    ("{draft}step/rhythm/", {"version": 1, "starts_on": "2020-01-01", "ends_on": "2020-01-01"}),
    ("{draft}step/check/", {"version": 99}),
]


def test_what_ada_is_answered(ada, addresses, in_brackets):  # noqa: F811
    client = signed_in(ada)
    bare = {}
    for page, fields in ANSWERS:
        response = client.post(page.format(**addresses), fields)
        assert response.status_code in (200, 409), page
        bare[page] = bare_texts(response)

    assert {page: texts for page, texts in bare.items() if texts} == {}
