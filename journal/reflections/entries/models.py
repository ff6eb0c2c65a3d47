"""Journal entries, and the labels a person gives them."""

import re
from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.privacy.words import WordsField
from journal.reflections.entries import markdown

FIRST_DAY = date(1900, 1, 1)
EXCERPT_CHARACTERS = 220
HEADING_CHARACTERS = 80
MARKUP = re.compile(r"^[#>\-*+\s]+|[*_`~]+", re.MULTILINE)


class EntryQuerySet(OwnedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-written_on", "-id")

    def before(self, written_on: date, pk: UUID) -> Self:
        """What follows this entry in `newest_first`: the next page, without an OFFSET."""
        return self.filter(written_on__lte=written_on).exclude(written_on=written_on, id__gte=pk)


class Entry(OwnedModel):
    owner = belongs_to("entries")
    title = WordsField(_("Title"), max_length=120, blank=True)
    body = WordsField(_("Your entry"), max_length=20_000)
    written_on = models.DateField(_("Day"))  # the writer's day, fixed when it was written
    written_zone = models.CharField(max_length=64, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="entry_and_owner"),
            models.CheckConstraint(condition=Q(body__isnull=False), name="entry_has_words"),
            models.CheckConstraint(
                condition=Q(written_on__gte=FIRST_DAY), name="entry_within_living_memory"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-written_on", "-id"],
                condition=Q(deleted_at=None),
                name="entry_newest_first",
            ),
            models.Index(
                fields=["owner", "-deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="entry_trash",
            ),
        ]

    @classmethod
    def begun_by(cls, person: User) -> "Entry":
        """A new entry, dated on the person's today."""
        zone = clock.zone_of(person)
        return cls(owner=person, written_on=clock.today(person), written_zone=str(zone))

    def get_absolute_url(self) -> str:
        return f"/journal/{self.pk}/"

    @cached_property
    def html(self) -> SafeString:
        return markdown.to_html(self.body)

    @cached_property
    def _plain(self) -> str:
        start = self.body[: EXCERPT_CHARACTERS * 3]
        return MARKUP.sub("", start).strip()

    @cached_property
    def heading(self) -> str:
        """The title, or the first line where there is none."""
        return self.title or cut(self._plain.split("\n", 1)[0], HEADING_CHARACTERS)

    @cached_property
    def excerpt(self) -> str:
        """The beginning, without markup; without the first line where that is the heading."""
        text = self._plain
        if not self.title:
            text = text[len(self.heading.rstrip("…")) :]
        return cut(" ".join(text.split()), EXCERPT_CHARACTERS)

    @property
    def written_time(self) -> str:
        """The clock time of writing, where it was written on its own day; otherwise nothing."""
        local = self.written_at.astimezone(clock.ZoneInfo(self.written_zone))
        return f"{local:%H:%M}" if abs((local.date() - self.written_on).days) <= 1 else ""


def cut(text: str, characters: int) -> str:
    """Shortened at a word, with an ellipsis, where it is longer."""
    if len(text) <= characters:
        return text
    return text[:characters].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
