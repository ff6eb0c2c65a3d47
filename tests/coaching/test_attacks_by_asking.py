"""What must fail over HTTP: lookups, forged forms, and addresses of Django's own admin.

The pages on which a client's words could turn up are in test_attacks.py.
"""

import re
from itertools import product

import pytest
from django.contrib import admin
from django.test import Client as Browser

from journal.coaching.admin_site import site
from journal.coaching.models import CoachNote
from journal.privacy.rls import acting_as
from journal.sharing.models import Comment, ShareGrant, Suggestion
from journal.sharing.shareable import KINDS
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share
from tests.factories import make_entry
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db

SECRET = "Quokka"

INJECTIONS = [
    *("q=Quokka", "o=1", "o=-1", "o=999", "o=x", "_popup=1", "_to_field=owner", "_to_field=id"),
    *("e=1", "all=", "p=0", "p=99", "p=x", "owner__password__startswith=a", "body__contains=Q"),
    *("body__isnull=False", "owner__email=ada@example.org", "client=x", "state=x", "id__exact=1"),
    *("owner_id__exact=1", "deleted_at__isnull=False", "created_at__year=2026", "client=%00"),
    *("_facets=True", "client__in=1,2", "state__regex=.", "owner__coaches_since__isnull=True"),
    *("owner__email__startswith=ada", "owner__owner__email=x", "body__startswith", "q=%00", "q="),
    *("_popup=1&_to_field=id&e=1&o=1.-2", "p=-1", "p=%ED%B0%80", f"p={'9' * 5000}", "o=%00"),
    *("pk__in=1", "version__gt=0", "deleted_at__isnull=", "client__isnull=", "owner="),
]


def test_no_lookup_and_no_order_tells_anything(ada, mira):
    one = link(ada, mira)
    make_entry(ada, f"A {SECRET}")
    make_promise(ada, f"Feed the {SECRET}")
    share(one, make_entry(ada, "For Mira."))
    browser = Browser(raise_request_exception=False)
    browser.cookies = browser_of(mira).cookies

    for kind, asked in product(("entry", "promise"), INJECTIONS):
        case = f"{kind}?{asked[:80]}"
        answered = browser.get(f"/coach/shared/{kind}/?{asked}")
        assert answered.status_code in (200, 400, 404), case
        page = answered.content.decode()
        assert SECRET not in page.replace("q=Quokka", ""), case
        if "__" in asked or asked in ("_to_field=owner", "owner="):
            assert answered.status_code == 400, case
        elif answered.status_code == 200 and kind == "entry":
            assert page.count('class="p-journal entryish"') == 1, case


def test_a_popup_and_the_field_it_would_refer_by_change_nothing(ada, mira):
    """The id is the only one that Django lets through, and nothing on the page is made of it."""
    one = link(ada, mira)
    share(one, make_entry(ada, "For Mira."))
    browser = browser_of(mira)

    for asked in ("_to_field=id", "_popup=1&_to_field=id", "_popup=1", "e=1", "o=1", "q=Mira"):
        answered = browser.get(f"/coach/shared/entry/?{asked}")
        assert text_of(answered) == text_of(browser.get("/coach/shared/entry/")), asked
    for field in ("owner", "body", "pk", "owner__email", "created_at"):
        assert browser.get("/coach/shared/entry/", {"_to_field": field}).status_code == 400


RUBBISH = ["x", "%00", "%ED%B0%80", "%ED%A0%BD", "x" * 10**6, "[]", "1,2", "%27%20or%201%3D1--"]
NOT_OFFERED = [f"state={one}" for one in (*RUBBISH, "unsafe_to_act", "draft", "None", "True")]
NOT_OFFERED += [f"client={one}" for one in (*RUBBISH, "{owner}", "{hers}", "{ended}", "{link}")]
NOT_OFFERED += ["state=held&state=x", "client={own}&client=x", "state[]=held", "client={own}%00"]


def test_a_value_that_the_list_does_not_offer_is_no_choice(ada, mira, eve):
    """Neither of the two filters asks the database for it; the list is as it was without."""
    own, over, hers = link(ada, mira, "Ada B."), link(eve, mira), link(eve, made_coach(ada), "Eve")
    with acting_as(eve):
        over.end()
    crossing = make_crossing(make_boundary(ada), "For Mira", result="held")
    share(own, crossing)
    make_crossing(make_boundary(ada), f"The {SECRET} shouted", result="unsafe_to_act")
    clients = {"own": client_of(own), "hers": client_of(hers), "ended": client_of(over)}
    ids = {name: client.pk for name, client in clients.items()} | {"owner": ada.pk, "link": own.pk}
    browser = browser_of(mira)

    for asked in NOT_OFFERED:
        case = asked[:80]
        answered = browser.get(f"/coach/shared/crossing/?{asked.format(**ids)}")
        if "state[]" in asked:  # no filter of that name
            assert answered.status_code == 400, case
            continue
        assert answered.status_code == 200, case
        page = answered.content.decode()
        assert page.count(f'href="/coach/shared/crossing/{crossing.pk}/"') == 1, case
        assert " selected" not in page, case
        assert SECRET not in page, case


def test_nothing_of_djangos_admin_has_an_address_there(ada, mira):
    one = link(ada, mira)
    entry = make_entry(ada, "For Mira.")
    share(one, entry)
    browser = browser_of(mira)
    model = f"/coach/reflections/entry/{entry.pk}/"

    for path in (
        *("login/", "logout/", "password_change/", "jsi18n/", "autocomplete/", "r/1/1/"),
        *("reflections/", "reflections/entry/", "reflections/entry/add/", "coaching/client/"),
        *("people/user/", "privacy/datakey/", "auth/group/", "export/", "shared/", "notes/"),
    ):
        for method in ("get", "post"):
            assert getattr(browser, method)(f"/coach/{path}").status_code == 404, path
    for path in ("", "change/", "delete/", "history/", "autosave/"):
        assert browser.get(f"{model}{path}").status_code == 404
    for kind in ("user", "brief", "rating", "Entry", "entry2"):
        assert browser.get(f"/coach/shared/{kind}/").status_code == 404
    assert {model._meta.label for model in site._registry} == {k.model for k in KINDS.values()}
    assert not {model for model in site._registry if model in admin.site._registry}


def test_no_admin_action_is_done(ada, mira):
    one = link(ada, mira)
    entry = make_entry(ada, "For Mira.")
    share(one, entry)
    browser = browser_of(mira)
    sent = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}

    assert browser.post("/coach/shared/entry/", sent).status_code == 405
    with acting_as(ada):
        entry.refresh_from_db()
    assert entry.deleted_at is None


def test_owner_link_and_id_in_a_form_change_nothing(ada, mira, eve):
    one, other = link(ada, mira, "Ada"), link(eve, mira, "Eve")
    entry, eves = make_entry(ada, "For Mira."), make_entry(eve, "Not for Mira.")
    share(one, entry)
    browser = browser_of(mira)
    forged = {
        "owner": eve.pk, "owner_id": eve.pk, "link": other.pk, "link_id": other.pk,
        "item_id": eves.pk, "kind": "promise", "client": client_of(other).pk, "state": "taken",
        "ended_at": "2020-01-01", "name": "Somebody else", "muted_since": "",
    }  # fmt: skip

    browser.post(f"/coach/shared/entry/{entry.pk}/", {"body": "I read it.", **forged})
    browser.post(page_of(one, "suggest/"), {"what": "practice", "practice": "promises", **forged})
    browser.post(page_of(one, "notes/"), {"body": "A note.", **forged})
    browser.post(page_of(one, "sessions/"), forged)

    with acting_as(ada):
        (comment,) = Comment.objects.all()
        (suggested,) = Suggestion.objects.all()
    assert (comment.owner_id, comment.link_id, comment.item_id, comment.kind) == (
        *(ada.pk, one.pk, entry.pk, "entry"),
    )
    assert (suggested.owner_id, suggested.link_id, suggested.state) == (ada.pk, one.pk, "waiting")
    with acting_as(mira):
        (note,) = CoachNote.objects.all()
        assert (note.owner_id, note.client_id) == (mira.pk, client_of(one).pk)
        assert client_of(one).name == "Ada"
        assert client_of(one).ended_at is None
    with acting_as(eve):
        assert not Comment.objects.exists()
        assert not Suggestion.objects.exists()


def test_an_id_that_is_somebody_elses_is_never_overwritten(ada, mira, eve):
    one = link(ada, mira)
    other = link(eve, made_coach(ada), "Eve")  # ada coaches too
    browser_of(ada).post(page_of(other, "notes/"), {"body": "Of Ada's."})
    with acting_as(ada):
        (theirs,) = CoachNote.objects.all()

    answered = browser_of(mira).post(page_of(one, "notes/"), {"body": "Mine.", "id": theirs.pk})

    assert answered.status_code == 409
    assert "Please save again. Nothing is lost." in text_of(answered)
    with acting_as(ada):
        theirs.refresh_from_db()
        assert theirs.body == "Of Ada's."
    fresh = re.search(r'name="id" value="([^"]+)"', answered.content.decode())[1]
    again = browser_of(mira).post(page_of(one, "notes/"), {"body": "Mine.", "id": fresh})
    assert again.url == page_of(one)


def test_grants_are_not_to_be_edited_by_a_coach(ada, mira):
    """Neither at an address of theirs nor at one of the client's."""
    one = link(ada, mira)
    grant = share(one, make_entry(ada, "For Mira."), days=7)
    browser = browser_of(mira)
    sent = {"expires_at": "2099-01-01", "days": "90", "revoked_at": "", "scope": "practice"}

    for path in (f"/coach/grants/{grant.pk}/", f"/sharing/grants/{one.pk}/", page_of(one)):
        assert browser.post(path, sent).status_code in (404, 405), path
    with acting_as(ada):
        (after,) = ShareGrant.objects.all()
    assert (after.expires_at, after.scope) == (grant.expires_at, "item")


def test_notes_and_prompts_of_another_coach_are_not_there(ada, mira, eve):
    one = link(ada, mira)
    browser_of(mira).post(page_of(one, "notes/"), {"body": f"A {SECRET}"})
    browser_of(mira).post("/coach/library/", {"text": f"Whose {SECRET}?"})
    with acting_as(mira):
        (note,), (prompt,) = mira.coachnotes.live(), mira.libraryprompts.live()
    eves = link(ada, made_coach(eve), "Ada")
    eve_browser = browser_of(eve)

    for path in (f"/coach/notes/{note.pk}/", f"/coach/library/{prompt.pk}/"):
        assert eve_browser.get(path).status_code == 404
        for end in ("", "delete/", "restore/"):
            assert eve_browser.post(path + end, {"body": "x", "version": 1}).status_code == 404
    for path in (page_of(eves), page_of(eves, "suggest/"), "/coach/library/"):
        assert SECRET not in eve_browser.get(path).content.decode()
    assert eve_browser.get(page_of(one)).status_code == 404
    stolen = {"what": "prompt", "prompt": f"own-{prompt.pk}"}
    assert "not one of the available choices" in text_of(
        eve_browser.post(page_of(eves, "suggest/"), stolen)
    )


def test_a_coach_cannot_answer_for_the_client(ada, mira):
    one = link(ada, mira)
    browser = browser_of(mira)
    browser.post(page_of(one, "suggest/"), {"what": "practice", "practice": "promises"})
    with acting_as(ada):
        (suggested,) = Suggestion.objects.all()

    answered = browser.post(f"/sharing/suggestions/{suggested.pk}/", {"do": "take"})

    assert answered.status_code == 404
    with acting_as(ada):
        suggested.refresh_from_db()
        assert suggested.state == "waiting"
