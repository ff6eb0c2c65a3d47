"""A journal as a book, whatever file becomes of it: its years, its days, and the links."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.template.loader import get_template
from django.utils.functional import Promise as Lazy
from django.utils.translation import get_language, get_language_bidi

from journal.exchange.export_filters import Rows, labels_of
from journal.exchange.readable import contents, sources
from journal.exchange.readable.contents import Named, Year
from journal.exchange.readable.items import Item
from journal.exchange.readable.links import Link, Threads, anchor
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel

PhotoAddress = Callable[[Photo], str]  # empty if its file is gone


class Book:
    def __init__(
        self,
        person: User,
        kept: Rows,
        now: datetime,
        left_out: Collection[str],
        models: Iterable[type[OwnedModel]],
        only: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`only` says of which part of the journal it is, as label and words."""
        self.person, self.kept, self.now = person, kept, now
        self.left_out, self.only = labels_of(left_out), only
        self._models = sources.readable_models(models)
        self.written = 0  # items so far

    @cached_property
    def years(self) -> list[Year]:
        return contents.years_of(self.person, self.kept, self._models)

    @property
    def size(self) -> int:
        """Items of days, which are nearly all."""
        return sum(year.items for year in self.years)

    @cached_property
    def _threads(self) -> Threads:
        return Threads(self.person, self.kept)

    def remembered(self, year: int) -> list[tuple[str | Lazy, list[Named]]]:
        return list(contents.remembered(self.person, self.kept, self._models, year))

    def days(self, since: date, until: date) -> Iterator[tuple[date, Item]]:
        for at, item in sources.items(self.person, self.kept, self._models, since, until):
            self.written += 1
            yield at, item

    def appendix(self) -> Iterator[Item]:
        for item in sources.appendix(self.person, self.kept, self._models):
            self.written += 1
            yield item

    def links(self, item: Item, file_of: Callable[[date], str]) -> list[Link]:
        """`file_of` names the file in which a day is; empty if it is the same."""
        ids = [item.row.pk, *(part.pk for part in item.parts if part.pk)]
        return self._threads.links_of(ids, file_of)

    # --- as HTML

    def html_of(
        self,
        item: Item,
        photo_address: PhotoAddress,
        file_of: Callable[[date], str],
        new_day: date | None = None,
    ) -> str:
        shown = item.row.shown_photos if item.is_entry else ()
        return rendered(
            "item",
            item=item,
            day=new_day,
            anchor=anchor(item.row.pk),
            links=self.links(item, file_of),
            # One at a time, since a page may hold all.
            photos=((photo_address(photo), photo) for photo in shown),
        )

    def about(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "now": self.now,
            "left_out": self.left_out,
            "only": self.only,
        }


def rendered(part: str, **context: Any) -> str:
    """A part of a page, without empty lines around ours; those of a text may matter."""
    context |= {"language": get_language(), "rtl": get_language_bidi()}
    text = get_template(f"exchange/readable/page.html#{part}").render(context)
    if part == "item":
        return text
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"
