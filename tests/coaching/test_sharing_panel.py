"""What the page about one thing shows of its sharing."""

import pytest

from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import AccessLogEntry, Comment, ShareGrant, Withheld
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import comment, link, share, share_practice, sure
from tests.conftest import signed_in
from tests.decisions.factories import make_decision
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.page import compact
from tests.promises.factories import make_promise
from tests.query_counts import statements_of
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake

pytestmark = pytest.mark.django_db

MAKERS = {
    "promise": make_promise,
    "boundary": make_boundary,
    "crossing": lambda person: make_crossing(make_boundary(person)),
    "self_compassion": make_moment,
    "decision": make_decision,
    "mistake": make_mistake,
    "lesson": make_lesson,
    "entry": make_entry,
}


def address(row) -> str:
    return getattr(row, "address", None) or row.get_absolute_url()


def page(person, row) -> str:
    return compact(signed_in(person).get(address(row)))


@pytest.mark.parametrize("kind", MAKERS)
def test_each_kind_says_who_sees_it_and_can_be_brought_and_taken_back(ada, mira, kind):
    row = MAKERS[kind](ada)
    assert 'id="sharing"' not in page(ada, row)
    made = link(ada, mira)
    assert "Mira can’t see this." in page(ada, row)
    browser = sure(ada)
    bring = f"/sharing/items/{kind}/{row.pk}/bring/{made.pk}/"
    assert f'href="{bring}"' in page(ada, row)

    assert "Bring this to your session?" in browser.get(bring).content.decode()
    with acting_as(ada):
        assert not ShareGrant.objects.exists()
    assert browser.post(bring).url == address(row)

    with acting_as(ada):
        grant = ShareGrant.objects.get()
    assert (grant.about, grant.item_id, (grant.expires_at - grant.starts_at).days) == (
        kind,
        row.pk,
        30,
    )
    assert grant.brought_at is not None
    shown = page(ada, row)
    assert "Mira can see this until" in shown

    back = f"/sharing/shares/{grant.pk}/take-back/"
    assert f'action="{back}"' in shown
    assert signed_in(ada).post(back, {"next": address(row)}).url == address(row)
    assert "Mira can’t see this." in page(ada, row)


def test_bringing_asks_whether_it_is_her(ada, mira):
    row = make_entry(ada)
    bring = f"/sharing/items/entry/{row.pk}/bring/{link(ada, mira).pk}/"

    for answer in (signed_in(ada).get(bring), signed_in(ada).post(bring)):
        assert answer.url.startswith("/accounts/reauthenticate/")
    with acting_as(ada):
        assert not ShareGrant.objects.exists()


def test_the_preview_shows_every_word_of_it(ada, mira):
    row = make_mistake(ada, my_part="I relied on memory")
    bring = f"/sharing/items/mistake/{row.pk}/bring/{link(ada, mira).pk}/"

    shown = sure(ada).get(bring).content.decode()

    assert "I relied on memory" in shown


def test_a_practice_that_is_shared_opens_it_until_it_is_kept_out(ada, mira):
    row = make_boundary(ada)
    made = link(ada, mira)
    share_practice(made, "boundaries")
    assert "It’s shared as part of the whole practice." in page(ada, row)

    answer = signed_in(ada).post(f"/sharing/items/boundary/{row.pk}/keep-out/")

    assert answer.url == row.get_absolute_url()
    shown = page(ada, row)
    assert "Mira can’t see this." in shown
    assert "You’ve kept this out of sharing." in shown
    with acting_as(ada):
        assert [one.item_id for one in Withheld.objects.all()] == [row.pk]


def test_a_letter_is_not_opened_by_its_practice(ada, mira):
    letter = make_moment(ada, mode="letter", letter_body="Dear me")
    share_practice(link(ada, mira), "self_compassion")
    assert "Mira can’t see this." in page(ada, letter)


def test_a_crossing_that_was_not_safe_shows_nothing_of_sharing(ada, mira):
    row = make_crossing(make_boundary(ada), result="unsafe_to_act")
    made = link(ada, mira)
    assert 'id="sharing"' not in page(ada, row)
    assert sure(ada).get(f"/sharing/items/crossing/{row.pk}/bring/{made.pk}/").status_code == 404


def test_it_says_when_it_was_opened(ada, mira):
    row = make_entry(ada)
    made = link(ada, mira)
    share(made, row)
    with acting_as(mira, role=COACH):
        AccessLogEntry.log([(ada.pk, "entry", row.pk)])
    assert "Last opened" in page(ada, row)
    assert "Last opened" not in page(ada, make_entry(ada))


def test_comments_stay_after_the_link_ended_and_can_be_removed(ada, mira, eve):
    row = make_entry(ada)
    made = link(ada, mira)
    share(made, row)
    said = comment(made, row, "Well <b>said</b>.")
    with acting_as(ada):
        made.end()

    shown = page(ada, row)
    assert "Well &lt;b&gt;said&lt;/b&gt;." in shown
    assert "Bring to session" not in shown

    remove = f"/sharing/comments/{said.pk}/remove/"
    assert signed_in(eve).post(remove).status_code == 404
    assert signed_in(mira).post(remove).status_code == 404
    assert signed_in(ada).post(remove, {"next": row.get_absolute_url()}).status_code == 302
    assert 'id="sharing"' not in page(ada, row)
    with acting_as(ada):
        assert Comment.objects.trashed().count() == 1

    restore = f"/sharing/comments/{said.pk}/restore/"
    for stranger in (eve, mira):
        assert signed_in(stranger).post(restore).status_code == 404
    assert signed_in(ada).post(restore).status_code == 302
    assert "Well &lt;b&gt;said&lt;/b&gt;." in page(ada, row)


def test_one_statement_whoever_looks(ada, mira):
    row = make_entry(ada)
    browser = signed_in(ada)
    alone = statements_of(browser, row.get_absolute_url())
    made = link(ada, mira)
    share(made, row)
    for n in range(20):
        comment(made, row, f"Comment {n}")

    browser.get(row.get_absolute_url())  # marks the comments as seen, once
    with_coach = statements_of(browser, row.get_absolute_url())

    assert len(alone) == len(with_coach)
    assert sum("sharing_coachlink" in statement for statement in alone) == 1


def test_not_hers_is_not_there(ada, mira, eve):
    row = make_entry(ada)
    made, other = link(ada, mira), link(eve, mira)
    for person in (eve, mira):
        for path in (f"bring/{made.pk}/", f"bring/{other.pk}/"):
            for method in ("get", "post"):
                answer = getattr(sure(person), method)(f"/sharing/items/entry/{row.pk}/{path}")
                assert answer.status_code == 404
        keep_out = f"/sharing/items/entry/{row.pk}/keep-out/"
        assert signed_in(person).post(keep_out).status_code == 404
    assert sure(ada).get(f"/sharing/items/nothing/{row.pk}/bring/{made.pk}/").status_code == 404
    with acting_as(mira, role=COACH):
        assert not Entry.objects.exists()
