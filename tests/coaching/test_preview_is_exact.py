"""What she looks at before she shares is what her coach reads after it, line by line."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.html import escape

from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing import (
    coach_queries,
    consent,
    shared_fields,
    shared_measures,
    sharing_form,
)
from journal.sharing.coach_queries import Item
from journal.sharing.consent import ShareRequest
from journal.sharing.models import SharedMeasure, ShareGrant
from journal.sharing.preview import build_preview
from journal.sharing.shareable import KINDS
from journal.sharing.sharing_form import ChoiceForm
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, share, sure
from tests.coaching.test_wall import one_of_each
from tests.decisions.factories import make_addendum, make_review
from tests.markup import parse
from tests.page import form_ending, forms_in, undirected
from tests.promises.factories import answer, make_promise
from tests.reflections.week.factories import make_reflection

pytestmark = pytest.mark.django_db


def read_by(coach, kind) -> list[str]:
    """Everything on the coach's page about the one row they can see."""
    with acting_as(coach, role=COACH):
        item = Item(kind, coach_queries.with_parts(kind).get())
        parts = shared_fields.parts(item)
        of_parts = (one for part in parts for one in part.fields)
        fields = [*shared_fields.detail_fields(item), *of_parts]
        return [*(part.heading for part in parts), *(one.text for one in fields)]


def test_figures_and_weeks_in_the_preview_are_those_that_come(ada, mira):
    """Also of what stood before, which saving works out anew."""
    made, today = link(ada, mira), clock.today(ada)
    walk = make_promise(ada, "Walk", starts_on=today - timedelta(days=20))
    answer(walk, {today - timedelta(days=n): "kept" for n in range(3, 15)})
    with acting_as(ada):
        consent.share(made, [ShareRequest("practice", "promises", detail="counts")], 30)
        consent.share(made, [ShareRequest("measure", "trust", detail="counts")], 30)
        shared_measures.refresh(made)
        seen = [str(one.pk) for one in ShareGrant.objects.order_by("id")]
    answer(walk, {today: "missed"})
    make_reflection(ada, sentence_of_week="Crowded, decent", next_choice="rest")

    chosen = {"practice-promises": "counts.include", "week": "full.include", "seen": seen}
    form = ChoiceForm(QueryDict(urlencode(chosen, doseq=True)))
    assert form.is_valid()
    with acting_as(ada):
        change = sharing_form.change(ada, made.pk, form)
        preview = build_preview(change, lambda: change)
        shown = [one.content for one in preview.measures]
        sharing_form.make(change)

    with acting_as(mira, role=COACH):
        read = [one.content for one in SharedMeasure.objects.order_by("slug", "id")]
        stands = ShareGrant.objects.count()
    in_english = [one.pop("languages", {"en-gb": one})["en-gb"] for one in read]
    assert shown == read == in_english
    assert [one["name"] for one in read][:2] == ["Promises kept", "Back after a miss"]
    assert "Crowded, decent" in str(read)
    assert (len(read), len(preview.grants), stands) == (6, 2, 2)


def test_a_brief_reads_in_the_preview_as_the_coach_will_read_it(ada, mira):
    """Each line of ours about her, and each word of hers, on the coach's page of the brief."""
    own, today = link(ada, mira, "Ada B."), clock.today(ada)
    rows = one_of_each(ada)
    for row in rows.values():
        share(own, row)
    answer(rows["promise"], {today: "kept", today - timedelta(days=1): "missed"})
    with acting_as(ada):
        consent.share(own, [ShareRequest("measure", "kept", detail="counts")], 30)
        shared_measures.refresh(own)
    address = f"/sharing/grants/{own.pk}/brief/"
    browser = sure(ada)
    form = form_ending(forms_in(browser.get(address, follow=True)), "/brief/").fields
    sent = {**form, "wanted": "", "since_on": (today - timedelta(days=9)).isoformat()}
    preview = text_of(browser.post(address, {**sent, "do": "preview"}))
    assert browser.post(address, {**sent, "do": "send"}).status_code == 302

    page = browser_of(mira).get(page_of(own, "brief/"))
    document, _forgiven = parse(undirected(page.content.decode()))
    rows_read = [one for one in document.all("li") if "entryish" in one.classes]
    read = [part.text for one in rows_read for part in one.all("h3", "blockquote")]
    read += [part.text for one in rows_read for part in one.all("p") if "meta" in part.classes]
    about = [one.text for one in document.all("p", "h2") if "Ada B." in one.text]
    chrome = ("agreed to this on", "can’t see these")  # of consent, and beside the coach's notes
    read += [text for text in about if not any(part in text for part in chrome)]
    assert len(read) > 20
    assert [text for text in read if " ".join(text.split()) not in preview] == []
    assert "What Ada B. wants from this session" in preview
    assert "Ada B. hasn’t written anything" in preview
    assert "Ada B. kept 1 and missed 1." in preview
    assert "Ada B. kept 1 and missed 1." in text_of(page)
    assert "by Ada B.’s own rating" in preview


@pytest.mark.parametrize("name", KINDS)
def test_everything_that_a_coach_reads_of_it_was_in_the_preview(ada, mira, name):
    row = one_of_each(ada)[name]
    if name == "decision":
        make_review(row, outcome="It lasted", luck="A mild winter")
        make_addendum(row)
    made = link(ada, mira)

    address = f"/sharing/grants/{made.pk}/preview/?item={name}.{row.pk}"
    page = sure(ada).get(address).content.decode()
    share(made, row)

    read = read_by(mira, KINDS[name])
    assert read
    assert [text for text in read if escape(text) not in page] == []
    if name == "decision":
        assert {"Study", "Looking back", "It lasted", "A mild winter"} <= set(read)
