"""The receipt of a link: what she agreed to and when. Only the client has it, and for good."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models import CoachLink
from tests.coaching.factories import link, share, share_practice
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


def address(made: CoachLink) -> str:
    return f"/sharing/grants/{made.pk}/receipt/"


def receipt(person: User, made: CoachLink) -> str:
    return signed_in(person).get(address(made)).content.decode()


def paragraphs(text: str) -> dict[str, list[str]]:
    """The lines of each paragraph, by its first."""
    parts = [part.split("\n") for part in text.strip().split("\n\n")]
    return {lines[0]: lines[1:] for lines in parts}


def test_it_says_what_is_shared_and_what_was(ada, mira, settings):
    settings.HOST_NAME = "Studio Lake"
    made = link(ada, mira)
    entry = make_entry(ada, "The heron sang")
    grant = share(made, entry)
    kept = share_practice(made, "boundaries", detail="counts", past="from_now")
    with acting_as(ada):
        consent.take_back(made, [grant])
    ada.zone = "Pacific/Auckland"
    ada.save(update_fields=["zone"])

    text = receipt(ada, made)

    with timezone.override("Pacific/Auckland"):
        began = date_format(timezone.localtime(kept.starts_at), "j F Y, H:i")
    parts = paragraphs(text)
    assert parts["What you agreed to when you connected:"] == ["I want to connect."]
    (shared,) = parts["Shared at this moment:"]
    for said in ("Boundaries, counts only", f"nothing before {began}", f"Agreed {began}, until"):
        assert said in shared
    happened = parts["What happened, in order:"]
    for said, line in zip(
        ("Entry", "Boundaries, counts only", "You stopped sharing with"), happened, strict=True
    ):
        assert said in line
    for said in ("Pacific/Auckland", "Studio Lake", ada.email, "Mira", "not shown"):
        assert said in text
    assert "heron" not in text


def test_what_has_expired_is_no_longer_shared(ada, mira):
    made, now = link(ada, mira), timezone.now()
    grant = share(made, make_entry(ada))
    assert "Agreed" in receipt(ada, made)
    with acting_as(ada):
        before, yesterday = now - timedelta(days=8), now - timedelta(days=1)
        made.grants.filter(pk=grant.pk).update(starts_at=before, expires_at=yesterday)

    assert "Agreed" not in receipt(ada, made)


def test_it_is_a_file_that_no_browser_keeps(ada, mira):
    made = link(ada, mira)
    answer = signed_in(ada).get(address(made))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="receipt-')
    assert "no-store" in answer["Cache-Control"]


def test_an_ended_link_has_one_too_and_the_page_leads_there(ada, mira):
    made = link(ada, mira)
    share_practice(made, "boundaries")
    assert f'href="{address(made)}"' in signed_in(ada).get("/sharing/").content.decode()
    signed_in(mira).post(f"/sharing/grants/{made.pk}/end/")
    assert f'href="{address(made)}"' in signed_in(ada).get("/sharing/").content.decode()

    parts = paragraphs(receipt(ada, made))
    assert parts["Shared at this moment:"] == ["Nothing."]
    assert any("ended the link." in line for line in parts["What happened, in order:"])


def test_only_the_client_has_it(ada, mira, eve, client):
    """The coach before, while and after it is shared; a stranger; another client of the coach."""
    made, other = link(ada, mira), link(eve, mira)

    def refused() -> bool:
        asked = [signed_in(who).get(address(made)).status_code for who in (mira, eve)]
        return asked == [404, 404] and signed_in(ada).get(address(other)).status_code == 404

    assert refused()
    share_practice(made, "boundaries")
    assert refused()
    signed_in(ada).post(f"/sharing/grants/{made.pk}/end/")
    assert refused()
    answer = client.get(address(made))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/login/")


def test_it_takes_as_many_statements_with_much_as_with_little(ada, mira):
    made = link(ada, mira)
    before = len(statements_of(signed_in(ada), address(made)))
    for _n in range(10):
        share(made, make_entry(ada))
    assert len(statements_of(signed_in(ada), address(made))) == before
