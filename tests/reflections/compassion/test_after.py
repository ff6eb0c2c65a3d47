"""How strong the feeling is afterwards; where it grew stronger, no more writing is offered."""

from html import unescape

import pytest

from journal.reflections.compassion.models import SelfCompassion
from tests.flow_client import post
from tests.markup import parse
from tests.page import compact
from tests.reflections.compassion.factories import make_draft, make_moment, reread
from tests.reflections.compassion.flow_client import draft_at, step_of, walk

WHY = "Kindness can sting at first. You can stop."


def shown(client, address: str) -> str:
    return unescape(compact(client.get(address)))


def finish(client, moment: SelfCompassion, answer: dict[str, str]) -> None:
    """Answers the last question and, where it is asked for, the check."""
    if "check" in post(client, step_of(moment, "after"), **answer).url:
        post(client, step_of(moment, "check"), do="finish")


@pytest.mark.parametrize("answer", [{"intensity_after": "8"}, {"felt_worse": "on"}])
def test_where_it_grew_stronger_the_flow_ends_and_says_why(ada, ada_client, answer):
    moment, asked = walk(ada, ada_client, after=answer)

    assert asked[-1] == "after"  # the check page, with a Change link per line, is not shown
    assert reread(moment).finished_at is not None
    page = shown(ada_client, moment.get_absolute_url())
    main = page[page.index("<main") : page.index("</main>")]
    assert WHY in main
    assert "Try something ordinary and physical" in main
    assert 'href="/support/?country=DE"' in main
    assert "/step/" not in main
    assert "textarea" not in main
    assert "/self-compassion/new/" not in main
    assert "I stumbled and still helped" in main  # nothing is lost


def test_every_change_of_it_stays_closed_on_the_check_page_too(ada, ada_client):
    moment = make_draft(
        ada, step="check", critical_thought="You freeze", feeling="sad", intensity_before=3
    )

    answer = post(ada_client, f"{step_of(moment, 'after')}?from=check", intensity_after="4")

    assert answer.url == moment.get_absolute_url()
    assert WHY in shown(ada_client, answer.url)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"intensity_after": "3"}, "7 before, 3 after"),
        ({"intensity_after": "7"}, "7 before, 7 after"),
        ({}, "7 before"),
        ({"intensity_after": "8"}, "7 before, 8 after. It felt harder; that happens"),
        (
            {"intensity_after": "3", "felt_worse": "on"},
            "7 before, 3 after. It felt harder; that happens",
        ),
        ({"felt_worse": "on"}, "7 before. It felt harder; that happens"),
    ],
)
def test_before_and_after_are_told_without_a_verdict(ada, ada_client, answer, said):
    moment = draft_at(ada, "after")
    finish(ada_client, moment, answer)

    moment = reread(moment)
    assert moment.finished_at is not None
    assert moment.change_text == said
    assert f"<span>Ashamed</span><span>{said}</span>" in shown(
        ada_client, moment.get_absolute_url()
    )


@pytest.mark.parametrize("do", ["back", "stop", "enough"])
def test_leaving_the_last_step_ends_nothing(ada, ada_client, do):
    moment = draft_at(ada, "after")

    post(ada_client, step_of(moment, "after"), intensity_after="9", do=do)

    assert (reread(moment).intensity_after, reread(moment).finished_at) == (9, None)


@pytest.mark.parametrize("number", ["11", "-1", "x", "5.5"])
def test_a_number_off_the_scale_gets_a_sentence(ada, ada_client, number):
    moment = draft_at(ada, "after")

    refused = post(ada_client, step_of(moment, "after"), intensity_after=number)

    assert refused.status_code == 200
    assert "Choose a number from 0 to 10." in compact(refused)
    assert reread(moment).intensity_after is None


def test_the_scale_is_a_labelled_group_of_eleven(ada, ada_client):
    moment = draft_at(ada, "after")
    page = compact(ada_client.get(step_of(moment, "after")))

    _document, errors = parse(page)
    assert errors == []
    group = page[page.index('<fieldset class="scale') : page.index("</fieldset>")]
    assert "<legend><b>How strong is it now?</b></legend>" in group
    assert [f'value="{n}"' in group for n in range(11)] == [True] * 11
    assert "It was 7 to begin with." in group


def test_an_answer_can_be_changed_later(ada, ada_client):
    moment = make_moment(ada, kinder_thought="I am slow", intensity_after=5)
    address = step_of(moment, "kinder")

    assert (
        post(ada_client, address, kinder_thought="I am careful").url
        == f"/self-compassion/{moment.pk}/"
    )
    assert post(ada_client, step_of(moment, "trigger"), trigger="").status_code == 200

    assert reread(moment).kinder_thought == "I am careful"
    assert reread(moment).trigger == "I froze in the meeting"
    assert reread(moment).finished_at == moment.finished_at
