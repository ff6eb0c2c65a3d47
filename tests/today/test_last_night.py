"""What was still open last night is asked once more, above the day's own, for up to three days."""

import re

from journal.privacy.rls import acting_as
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check
from tests.today.test_check import answers, send
from tests.today.test_today import (
    LONG_AGO,
    TODAY,
    _frozen_clock,  # noqa: F401
    ago,
    page,
)


def phone_of(ada, *recorded: int):
    phone = make_promise(ada, "Phone in the kitchen", starts_on=LONG_AGO)
    answer(phone, {ago(days): "kept" for days in recorded})
    return phone


def keys_of(client, path: str = "/today/") -> list[str]:
    """The keys of the rows, in their order."""
    return re.findall(r'<li class="due" id="due-([^"]+)"', page(client, path))


def test_last_night_stands_above_today(ada, ada_client):
    phone = phone_of(ada, 2, 3, 4)

    assert keys_of(ada_client) == [f"{phone.pk}_2026-11-18", str(phone.pk)]
    assert "Last night" in page(ada_client)


def test_the_days_before_are_folded_and_end_after_the_third(ada, ada_client):
    phone = phone_of(ada, 5)

    days = [key.partition("_")[2] for key in keys_of(ada_client)]

    assert days == ["2026-11-18", "2026-11-17", "2026-11-16", ""]
    assert "<summary>Tuesday: 1 not recorded yet</summary>" in page(ada_client)
    assert str(phone.pk) == keys_of(ada_client, "/today/?day=2026-11-18")[-1]


def test_nothing_recorded_is_asked_again(ada, ada_client):
    phone = phone_of(ada, 1, 2, 3)

    assert keys_of(ada_client) == [str(phone.pk)]
    assert "Last night" not in page(ada_client)


def test_by_the_week_no_single_night_is_open(ada, ada_client):
    swim = make_promise(ada, "Swim", starts_on=LONG_AGO, cadence="times_per_week", times_per_week=2)
    answer(swim, {ago(4): "kept"})

    assert keys_of(ada_client) == [str(swim.pk)]


def test_after_a_return_the_days_of_the_gap_are_not_asked(ada, ada_client):
    phone = phone_of(ada, 9)
    make_daily_check(ada, ago(1), days_away=7)

    assert keys_of(ada_client) == [f"{phone.pk}_2026-11-18", str(phone.pk)]


def test_a_tap_records_that_day_and_no_other(ada, ada_client):
    phone = phone_of(ada, 2, 3, 4)
    key = f"{phone.pk}_2026-11-18"

    found = send(ada_client, f"said-{key}", **{f"{key}__status": "missed"}).content.decode()

    assert f'id="said-{key}"' in found
    assert "Next chance: Today" in found
    assert dict(one[:2] for one in answers(phone))[ago(1)] == "missed"
    assert TODAY not in dict(one[:2] for one in answers(phone))

    undone = {f"{key}__status": "clear"}
    assert f'id="due-{key}"' in send(ada_client, f"due-{key}", **undone).content.decode()
    assert ago(1) not in dict(one[:2] for one in answers(phone))


def test_without_javascript_one_button_records_both_days(ada, ada_client):
    phone = phone_of(ada, 2, 3, 4)
    night = f"{phone.pk}_2026-11-18"
    fields = {f"{night}__status": "kept", f"{night}__was": "", f"{phone.pk}__status": "missed"}

    send(ada_client, do="done", **fields, **{f"{phone.pk}__was": ""})

    recorded = dict(one[:2] for one in answers(phone))
    assert (recorded[ago(1)], recorded[TODAY]) == ("kept", "missed")
    with acting_as(ada):
        assert ada.daily_checks.get().date == TODAY


def test_a_forged_day_is_refused_with_a_sentence(ada, ada_client):
    phone = phone_of(ada, 2)

    far, ahead = f"{phone.pk}_2026-10-01", f"{phone.pk}_2026-11-20"
    for key, sentence in ((far, "for 7 days"), (ahead, "isn’t in the future")):
        found = send(ada_client, **{f"{key}__status": "kept"})
        assert sentence in found.content.decode()
    assert send(ada_client, **{f"{phone.pk}_soon__status": "kept"}).status_code == 302
    assert len(answers(phone)) == 1
