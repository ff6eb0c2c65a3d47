"""How a book tells each practice: a promise with its answers, a decision with its outcome.

The parts of a row come prefetched (sources.py), without those that were left out.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from journal.boundaries.models import Boundary, Crossing, Rehearsal
from journal.decisions.models import Decision, Forecast, Option
from journal.exchange.readable import strokes
from journal.exchange.readable.items import Answer, Item, Part, day, labelled, rest
from journal.languages.lists import beside
from journal.lessons.models import Lesson
from journal.people import clock
from journal.people.percent import percent
from journal.promises import tallies, wording
from journal.promises.history import plan_of
from journal.promises.models import CheckIn, Experiment, Promise
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.mistakes.models import Mistake


def promise(row: Promise) -> Item:
    facts = [row.line_text if row.is_line else str(row.get_state_display()), row.rhythm_text]
    if row.retire_reason:
        facts.append(str(row.get_retire_reason_display()))
    if last := row.ended_on or row.ends_on:
        on = _("on %(day)s") if row.is_line else _("until %(day)s")
        facts.append(on % {"day": day(last)})
    asked = ("why", "cue", "action", "smallest_version", "obstacle", "coping_response")
    lines = [*labelled(row, *asked), *rest(row, "statement", *asked), *_sure_of(row)]
    if row.value:
        lines.insert(0, Answer(_("Value"), words=row.value.label))
    answers = sorted(row.checkins.all(), key=lambda one: one.due_on)
    notes = [
        Answer(beside((day(one.due_on), one.get_status_display())), words=one.note)
        for one in answers
        if one.note
    ]
    revisions = list(row.revisions.all())
    changes = [_change(one) for one in revisions] if len(revisions) > 1 else []
    pauses = [
        Answer(_("Paused"), text=_span(one.from_on, one.until_on)) for one in row.pauses.all()
    ]
    return Item(
        row, _("Promise"), "prom", row.statement, facts=facts, lines=lines,
        parts=[
            Part(_("Your answers"), lines=[*_record(row), *_by_month(answers)]),
            Part(_("Notes"), lines=notes),
            *changes,
            Part(_("Pauses"), lines=pauses),
            *(_experiment(one) for one in row.experiments.all()),
        ],
    )  # fmt: skip


def _sure_of(terms: Any) -> Iterator[Answer]:
    if terms.sure is not None:
        text = _("%(n)s of 10") % {"n": terms.sure}
        yield Answer(_("How sure"), text=text, drawing=strokes.out_of(terms.sure, 10))


def _record(row: Promise) -> Iterator[Answer]:
    """All that was due since it began, shortfalls of confirmed weeks included. A part of a journal
    by its days was read without."""
    is_whole = "terms_rows" in row.__dict__
    if is_whole and row.finished_at and row.starts_on and not row.owner.numbers_hidden_since:
        given = {one.due_on: one.status for one in row.checkins.all()}
        today = clock.today(row.owner)
        found = tallies.tally(plan_of(row), given, row.confirmed_rows, today, row.starts_on)
        if found.n:
            yield Answer(_("In all"), text=strip_tags(wording.tally(found)))


def _by_month(answers: list[CheckIn]) -> Iterator[Answer]:
    for month, group in groupby(answers, key=lambda one: one.due_on.replace(day=1)):
        marks = [one.status for one in group]
        counts = Counter(marks)
        said = [f"{one.label} {counts[one]}" for one in CheckIn.Status if counts[one]]
        yield Answer(
            date_format(month, "F Y"), text=" · ".join(said), drawing=strokes.answers(marks)
        )


def _change(revision: Any) -> Part:
    lines = [Answer(_("Rhythm"), text=revision.rhythm_text), *rest(revision, "statement")]
    lines += _sure_of(revision)
    caption = _("From %(day)s on") % {"day": day(revision.effective_on)}
    return Part(caption, revision.statement, lines)


def _experiment(row: Experiment) -> Part:
    weeks = _("%(n)s weeks") % {"n": row.length}
    lines = list(labelled(row, "way_a", "way_b"))
    lines.append(Answer("", text=beside((row.get_design_display(), weeks))))
    if row.stop_reason:
        lines.append(Answer(_("Stopped"), text=str(row.get_stop_reason_display())))
    if row.went_on_with:
        how = {"text": str(row.get_went_on_with_display())}
        lines.append(Answer(_("You went on with"), **how))
    return Part(_("Two ways, from %(day)s") % {"day": day(row.starts_on)}, lines=lines)


def _span(first: Any, last: Any) -> str:
    if last is None:
        return _("since %(day)s") % {"day": day(first)}
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def boundary(row: Boundary) -> Item:
    facts = [str(row.get_area_display()), str(row.get_state_display())]
    if row.communication:
        facts.append(str(row.get_communication_display()))
    asked = ("my_action", "why")
    lines = [*labelled(row, *asked), *rest(row, "limit", *asked)]
    if row.value:
        lines.insert(0, Answer(_("Value"), words=row.value.label))
    return Item(
        row, _("Boundary"), "bound", row.limit, facts=facts, lines=lines,
        parts=[
            *(_telling(one) for one in row.tellings.all()),
            *(_crossing(one) for one in row.crossings.all()),
            *(_rehearsal(one) for one in row.rehearsals.all()),
        ],
    )  # fmt: skip


def _telling(row: Any) -> Part:
    caption = _("You said it on %(day)s") % {"day": day(row.told_on)}
    lines = labelled(row, "told_to", "channel", "script_snapshot", "reaction", "how_it_was")
    return Part(caption, lines=list(lines))


def _crossing(row: Crossing) -> Part:
    caption = _("It was crossed on %(day)s") % {"day": day(row.occurred_on)}
    names = ("what_happened", "was_clear", "response", "result", "follow_up", "follow_up_on")
    return Part(caption, lines=list(labelled(row, *names)), pk=row.pk)


def _rehearsal(row: Rehearsal) -> Part:
    caption = _("You rehearsed it on %(day)s") % {"day": day(row.rehearsed_on)}
    lines = [Answer(_("You said"), words=words) for words in row.replies]
    return Part(caption, lines=[*lines, *labelled(row, "body", "went")])


def decision(row: Decision) -> Item:
    facts = [str(row.get_area_display()), str(row.get_state_display())]
    if row.decided_on:
        facts.append(_("Decided on %(day)s") % {"day": day(row.decided_on)})
    options = list(row.options.all())
    chosen = next((one for one in options if one.pk == row.chosen_option_id), None)
    before = ("info_have", "info_missing", "good_enough", "distance_note", "premortem")
    sure = ("prediction", "confidence")
    lines = [*labelled(row, "reasons"), *_feeling(row)]
    values = [one.label for one in row.values_in_play.all()]
    if values:
        lines.append(Answer(_("Values"), words=beside(values)))
    lines += labelled(row, *before, "prediction")
    if row.confidence:
        lines.append(_chance(_("How sure you were"), row.confidence))
    lines += rest(row, "question", "reasons", "feelings", *before, *sure)
    return Item(
        row, _("Decision"), "dec", row.question, facts=facts, lines=lines,
        quote=chosen.name if chosen else "",
        parts=[
            *(_option(one, chosen) for one in options),
            *(_review(one) for one in row.reviews.all()),
            *(
                Part(_("A later thought, %(day)s") % {"day": day(one.written_on)},
                     lines=[Answer("", words=one.thought)])
                for one in row.addenda.all()
            ),
        ],
    )  # fmt: skip


def _feeling(row: Decision) -> Iterator[Answer]:
    if row.feelings or row.feeling_intensity is not None:
        yield Answer(_("How you felt"), words=row.feelings, **strength(row.feeling_intensity))


def strength(n: int | None) -> dict[str, Any]:
    """A strength of 0 to 10 as strokes, and in words."""
    if n is None:
        return {}
    return {"drawing": strokes.out_of(n, 10), "text": _("%(n)s of 10") % {"n": n}}


def _chance(label: str, chance: int) -> Answer:
    return Answer(label, text=percent(chance), drawing=strokes.out_of(round(chance / 10), 10))


def _option(row: Option, chosen: Option | None) -> Part:
    lines = [*labelled(row, "pros", "cons", "consequences"), *rest(row, "name", *Option.WEIGHED)]
    if row.value_fit is not None:
        lines.append(Answer(_("Fits what matters to you"), **strength(row.value_fit)))
    caption = _("The option you chose") if row is chosen else _("An option")
    return Part(caption, row.name, [*lines, *labelled(row, "reversibility")])


def _review(row: Any) -> Part:
    on = row.reviewed_on
    caption = _("Looking back, %(day)s") % {"day": day(on)} if on else _("Looking back")
    asked = ("outcome_quality", "outcome", "prediction_result", "luck", "learned")
    lines = [*labelled(row, *asked), *rest(row, *asked)]
    if row.process_sound_now is not None:
        lines.insert(0, Answer(_("The process"), text=row.process_text))
    return Part(caption, lines=lines)


def forecast(row: Forecast) -> Item:
    result = row.get_result_display() if row.result else ""
    lines = [
        _chance(_("How likely you thought it"), row.chance),
        Answer(_("When you would know"), text=day(row.due_on)),
        Answer(_("What became of it"), text=result),
        *rest(row, "question"),
    ]
    return Item(row, _("Forecast"), "dec", row.question, lines=lines)


def lesson(row: Lesson) -> Item:
    uses = [
        Part(
            _("Used on %(day)s") % {"day": day(one.used_on)},
            lines=[*labelled(one, "result"), *rest(one)],
        )
        for one in row.uses.all()
    ]
    facts = [str(row.get_state_display()), row.areas_text]
    lines = list(rest(row, "if_situation", "then_action"))
    return Item(row, _("Lesson"), "mist", row.sentence, facts=facts, lines=lines, parts=uses)


def mistake(row: Mistake) -> Item:
    asked = (
        *("what_happened", "expected", "conditions", "my_part", "not_mine"),
        *("repair", "repair_on", "forgiveness_note"),
    )
    lines = [*labelled(row, *asked), *rest(row, "title", "if_situation", "then_action", *asked)]
    lines.insert(1, Answer(_("How heavy it was"), **strength(row.intensity_before)))
    lines.append(Answer(_("How heavy it was later"), **strength(row.intensity_after)))
    lines += labelled(row, "if_situation", "then_action")
    return Item(
        row, _("Mistake"), "mist", row.title, facts=[str(row.get_state_display())], lines=lines
    )


def _scale(row: SelfCompassion) -> str:
    before, after = row.intensity_before, row.intensity_after
    if before is None:
        return ""
    return strokes.out_of(before, 10) if after is None else strokes.before_and_after(before, after)


def moment(row: SelfCompassion) -> Item:
    asked = (
        *("critical_thought", "evidence_for", "evidence_against", "friend_words"),
        *("common_humanity", "kind_action", "letter_body"),
    )
    feelings = [str(one) for one in (row.feeling_name, row.feeling_other) if one]
    scale = Answer(
        _("The feeling"),
        words=get_text_list(feelings, ""),
        text=row.change_text if row.intensity_before is not None else "",
        drawing=_scale(row),
    )
    told = ("trigger", "kinder_thought", "feeling_other", *asked)
    lines = [*labelled(row, "trigger"), scale, *labelled(row, *asked), *rest(row, *told)]
    return Item(
        row, _("Hard moment"), "comp", facts=[str(row.get_mode_display())], lines=lines,
        quote=row.kinder_thought,
    )  # fmt: skip
