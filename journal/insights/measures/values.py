"""What was done for each value: promised, kept, decided, protected, rested. Always twelve weeks."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journal.insights.measures.arithmetic import ValueInAction
from journal.insights.periods import TWELVE_WEEKS, Period, Span
from journal.insights.presentation import VALUES, Measure, Own, Table, day, percents
from journal.insights.value_queries import Values
from journal.languages.lists import colon, listed
from journal.people.text_direction import isolate
from journal.privacy.ownership import field_of
from journal.reflections.rating.history import History, Picture
from journal.reflections.rating.models import ITEMS, SelfRating

BESIDE = ("q3", "q5")  # authenticity and empowerment


def in_action(found: Values, check_ups: History, period: Period) -> Measure:
    """What a coach reads, the heading and `said`, names no value and no answer of a check-up."""
    k, n = sum(map(bool, found.actions)), len(found.values)
    counts, weeks = {"k": k, "n": n}, {"weeks": TWELVE_WEEKS.days // 7}
    asked = [one for one in check_ups.pictures if _is_in(period.of_values, one)]
    heading, words = _("No record names a value yet"), _("None yet.")
    if k:
        heading = (
            ngettext(
                "%(k)s of %(n)s value in your records", "%(k)s of %(n)s values in your records", n
            )
            % counts
        )
        words = _("Some of what you recorded is for what matters to you.")
    return Measure(
        slug="values",
        name=_("Values in action"),
        practice=VALUES,
        heading=heading,
        words=words,
        said=[_said(found, weeks)],
        each=[(Own(value.label), _counts(one))
              for value, one in zip(found.values, found.actions, strict=True) if one],
        drawn=" ".join(_beside(found, asked)),
        method=[
            _("What you recorded for each value in the last %(weeks)s weeks, whatever period the "
              "page shows: promises and boundaries that name it, and decisions for which you said "
              "it matters. A decision can name three values, and counts with each. What names no "
              "value isn’t here.") % weeks,
            _("Kept counts as in “Promises kept”, and held as in “Boundaries followed through”; "
              "each has a likely range from ten on. Rest is days on which a promise was paused, "
              "and days off you planned. These are counts: more isn’t better, and a value can "
              "be lived where nothing is recorded."),
            _("The two statements of your check-up stand beside it; one doesn’t have to cause the "
              "other."),
        ],
        tables=[_table(found), _other_table(found), _check_up_table(asked)] if k else [],
        is_empty=not k,
        is_enough=k > 0,
    )  # fmt: skip


def _is_in(time: Span, one: Picture) -> bool:
    return time.first <= one.taken_on <= time.last


def counted(found: Values) -> str:
    """The totals; a decision that names several values counts once."""
    return _counts(found.total, decisions=found.decisions)


def _said(found: Values, weeks: dict[str, int]) -> str:
    start, text = _("In the last %(weeks)s weeks") % weeks, counted(found)
    return f"{start}{colon()}{text}" if text else f"{start}."


def _counts(one: ValueInAction, decisions: int | None = None) -> str:
    """ "2 promises, kept 40 of 52. 1 boundary, held 2 of 3"; of decisions that are counted with
    each of their values, `decisions` says how many there are."""
    return " ".join(f"{part}." for part in _parts(one, decisions))


def _parts(one: ValueInAction, decisions: int | None) -> Iterator[str]:
    decisions = one.decisions if decisions is None else decisions
    if one.promises:
        text = ngettext("%(n)s promise", "%(n)s promises", one.promises) % {"n": one.promises}
        if one.kept.n:
            text += ", " + _("kept %(k)s of %(n)s") % {"k": one.kept.kept, "n": one.kept.n}
        yield text
    if decisions:
        yield ngettext("%(n)s decision", "%(n)s decisions", decisions) % {"n": decisions}
    if one.boundaries:
        text = ngettext("%(n)s boundary", "%(n)s boundaries", one.boundaries)
        yield text % {"n": one.boundaries}
    if one.tested:
        text = ngettext(
            "Limits held %(k)s of %(n)s time", "Limits held %(k)s of %(n)s times", one.tested
        )
        yield text % {"k": one.held, "n": one.tested}
    if one.rest:
        yield ngettext("%(n)s day of rest", "%(n)s days of rest", one.rest) % {"n": one.rest}


def _beside(found: Values, asked: list[Picture]) -> Iterator[str]:
    """Values without a record, and the latest answers to the two statements."""
    silent = [
        isolate(value.label)
        for value, one in zip(found.values, found.actions, strict=True)
        if not one
    ]
    if silent:
        yield _("Nothing recorded that names: %(values)s.") % {"values": listed(silent)}
    for one in asked[:1]:
        texts = [
            _("“%(statement)s” – %(answer_text)s") % item._asdict()
            for name, item in zip(ITEMS, one.items, strict=True)
            if name in BESIDE and item.answer
        ]
        if texts:
            said = {
                "day": day(one.taken_on),
                "answers": pgettext("between parts with commas", "; ").join(texts),
            }
            yield _("In your check-up of %(day)s: %(answers)s.") % said
            yield _("They’re shown side by side; one doesn’t have to cause the other.")


def _table(found: Values) -> Table:
    lines = [
        [Own(value.label), *_promised(one)]
        for value, one in zip(found.values, found.actions, strict=True)
    ]
    columns = [
        _("Value"),
        _("Promises"),
        pgettext("how many", "Kept"),
        _("Of"),
        _("Likely range"),
        _("Days of rest"),
    ]
    total = [_("Total"), *_promised(found.total)]
    return Table(_("Promised, kept and rested, by value"), columns, [*lines, total])


def _promised(one: ValueInAction) -> list[Any]:
    return [one.promises, one.kept.kept, one.kept.n, percents(one.kept_range), one.rest]


def _other_table(found: Values) -> Table:
    lines = [
        [Own(value.label), *_protected(one, one.decisions)]
        for value, one in zip(found.values, found.actions, strict=True)
    ]
    columns = [
        _("Value"),
        _("Decisions"),
        _("Boundaries"),
        _("Held"),
        _("Tested"),
        _("Likely range"),
    ]
    total = [_("Total"), *_protected(found.total, found.decisions)]
    return Table(_("Decided and protected, by value"), columns, [*lines, total])


def _protected(one: ValueInAction, decisions: int) -> list[Any]:
    return [decisions, one.boundaries, one.held, one.tested, percents(one.held_range)]


def _check_up_table(asked: list[Picture]) -> Table:
    names = [field_of(SelfRating, name).help_text for name in BESIDE]
    lines = [[one.taken_on, *(getattr(one.row, name) for name in BESIDE)] for one in asked]
    return Table(_("Your check-ups in this time, 1 to 5"), [_("Date"), *names], lines)
