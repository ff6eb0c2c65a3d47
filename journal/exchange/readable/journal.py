"""How a book tells the journal: entries, days, weeks, check-ups, and everything that has no page of
its own here."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from journal.exchange.readable import strokes
from journal.exchange.readable.items import Answer, Item, Part, labelled, rest
from journal.exchange.readable.practices import strength
from journal.exchange.renderers import written_at
from journal.people.values.models import Value
from journal.privacy.ownership import OwnedModel, field_of
from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.reflections.models import DailyCheck, SelfRating, WeeklyReflection
from journal.reflections.practices import DRAWINGS
from journal.reflections.week.svg import marks_of

TRUST = len(DailyCheck.Trust)


def entry(row: Entry) -> Item:
    """Its text is `row.html`."""
    not_a_line = [field_of(Entry, name).verbose_name for name in ("written_on", "intensity")]
    lines = [Answer(label, words=words) for label, words in row.labels if label not in not_a_line]
    if row.intensity is not None:
        lines.append(Answer(field_of(Entry, "intensity").verbose_name, **strength(row.intensity)))
    facts = [at.strftime("%H:%M")] if (at := written_at(row)) else []
    if row.favourite:
        facts.append(_("Favourite"))
    hue = DRAWINGS.get(row.practice, "")
    return Item(row, _("Entry"), hue, row.title, facts=facts, lines=lines, is_entry=True)


def daily_check(row: DailyCheck) -> Item:
    trust: dict[str, Any] = {}
    if row.trust:
        trust = {"drawing": strokes.out_of(row.trust, TRUST), "text": row.get_trust_display()}
    lines = [
        Answer(_("Trust in yourself"), **trust),
        *labelled(row, "credit"),
        *rest(row, "credit", "visit_words"),
    ]
    if row.visit and row.visit != DailyCheck.Visit.NONE:
        lines.append(Answer(_("A visit"), text=row.get_visit_display()))
    lines += labelled(row, "visit_words")
    return Item(row, _("The day"), lines=lines)


def week(row: WeeklyReflection) -> Item:
    asked = ("plan_helped", "kept_days", "easier", "rely_on")
    told = ("sentence_of_week", "next_statement", *asked)
    lines = [*labelled(row, *asked), *rest(row, *told), *labelled(row, "next_choice")]
    lines += labelled(row, "next_statement")
    record = []
    if row.snapshot:
        promises = row.record.promises
        record = [_promise_of_week(one) for one in promises if marks_of(one)]
    facts = [_("Skipped")] if row.skipped_at else []
    return Item(
        row, _("The week"), caption=row.text, facts=facts, lines=lines,
        quote=row.sentence_of_week, parts=[Part(_("Promises of the week"), lines=record)],
    )  # fmt: skip


def _promise_of_week(one: Any) -> Answer:
    return Answer("", words=one.statement, drawing=strokes.answers(marks_of(one)))


def rating(row: SelfRating) -> Item:
    lines = [
        Answer(one.statement, text=one.answer_text, drawing=strokes.out_of(one.answer, 5))
        for one in row.items
        if one.answer
    ]
    return Item(row, _("Check-up"), lines=lines)


def value(row: Value) -> Item:
    return Item(row, _("What matters to you"), title=row.label, lines=list(rest(row, "name")))


def template(row: EntryTemplate) -> Item:
    return Item(row, _("Your template"), title=row.name, quote=row.lines)


def prompt(row: OwnPrompt) -> Item:
    return Item(row, _("Your prompt"), title=row.text)


def other(row: OwnedModel) -> Item:
    return Item(row, capfirst(str(row._meta.verbose_name)), lines=list(rest(row)))
