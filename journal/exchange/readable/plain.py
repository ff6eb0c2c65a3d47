"""A book as plain text: every word as it was written, for any program and any time."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.exchange.readable.book import Book
from journal.exchange.readable.items import Answer, Item
from journal.languages.lists import beside, colon

WITHIN = "  "


def plain(book: Book) -> Iterator[str]:
    yield heading(title_of(book), "=")
    yield exported_on(book) + "\n"
    for label, words in book.only:
        yield f"{label}{colon()}{words}\n"
    if book.left_out:
        yield f"{_('These parts were left out:')} {beside(book.left_out)}.\n"
    if not book.years:
        yield "\n" + _("Nothing is written yet.") + "\n"
    for year in book.years:
        yield "\n\n" + heading(str(year.number), "=")
        month, day = None, None
        for at, item in book.days(year.first, year.last):
            if at.month != month:
                month = at.month
                yield "\n" + heading(date_format(at, "F"), "-")
            if at != day:
                day = at
                yield f"\n{date_format(at, 'l j F Y')}\n"
            yield "\n" + indent(_item(book, item), WITHIN)
    for number, item in enumerate(book.appendix()):
        if not number:
            yield "\n\n" + heading(_("Besides"), "=")
        yield "\n" + indent(_item(book, item), WITHIN)


def title_of(book: Book) -> str:
    if not book.person.called:
        return _("My journal")
    return _("The journal of %(name)s") % {"name": book.person.called}


def exported_on(book: Book) -> str:
    return _("Exported from Selftrust on %(day)s.") % {"day": date_format(book.now, "j F Y")}


def heading(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}\n"


def _item(book: Book, item: Item) -> str:
    blocks = [" · ".join([str(item.kind), *(fact for fact in item.facts if fact)])]
    blocks += [str(text) for text in (item.title or item.caption, item.quote) if text]
    if item.is_entry:
        blocks.append("\n" + item.row.body.rstrip("\n"))
        for photo in item.row.shown_photos:
            described = f": {photo.description}" if photo.description else ""
            blocks.append(f"\n[{_('Photo')}{described}]")
    if item.said:
        blocks.append("\n" + _answers(item.said))
    for part in item.more:
        named = [str(text) for text in (part.caption, part.title) if text]
        answers = _answers(answer for answer in part.lines if answer)
        blocks.append("\n" + "\n".join([*named, indent(answers, WITHIN)]).rstrip())
    links = book.links(item, lambda _day: "")
    for link in links:
        said = _("Led here:") if link.led_here else _("Led to:")
        blocks.append(f"\n{said} {link.kind}{colon()}{link.title}")
    return "\n".join(blocks) + "\n"


def _answers(answers: Iterable[Answer]) -> str:
    """Text of several lines stands below its label."""
    said: list[str] = []
    for answer in answers:
        words = beside(str(text) for text in (answer.text, answer.words) if text)
        label = str(answer.label)
        if label and not label.endswith(("?", "…")):
            label += colon().rstrip()
        if "\n" in words:
            said += [label, indent(words, WITHIN)] if label else [words]
        else:
            said.append(f"{label} {words}".strip())
    return "\n".join(said)
