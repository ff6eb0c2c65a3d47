"""Searches: what a person asked for in the last hour, so that Back and a reload find it again and
no address holds a word."""

from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.people.areas import Area
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to, uuid7
from journal.reflections.entries.models import Tag

KEPT_FOR = timedelta(hours=1)
KEPT = 5  # of one person
LONGEST_QUERY = 200


class SearchQuerySet(OwnedQuerySet):
    def recent(self) -> Self:
        return self.filter(updated_at__gte=timezone.now() - KEPT_FOR)

    def by_id(self, pk: UUID) -> Any:
        return self.select_related("tag").filter(pk=pk).first()

    def outdated(self) -> Self:
        return self.filter(updated_at__lt=timezone.now() - KEPT_FOR)

    def forget_older(self) -> None:
        """For one person's searches: keeps the newest few of the last hour."""
        newest = self.recent().order_by("-updated_at", "-id")[:KEPT]
        self.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


class Search(OwnedModel):
    export_name = "search.Search"
    ASKED = ("words", "since", "until", "area", "tag_id")

    owner = belongs_to("searches")
    words = WordsField(max_length=LONGEST_QUERY, editable=False)
    since = models.DateField(null=True, editable=False)
    until = models.DateField(null=True, editable=False)
    area = models.CharField(max_length=10, choices=Area, blank=True, editable=False)
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, null=True, db_index=False, related_name="+", editable=False
    )

    objects: ClassVar = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        indexes = [models.Index(fields=["owner", "-updated_at"], name="search_newest_first")]

    def get_absolute_url(self) -> str:
        return reverse("search:results", args=[self.pk])

    @property
    def asked(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.ASKED}

    @property
    def narrows(self) -> bool:
        return bool(self.since or self.until or self.area or self.tag_id)


def store(asked: Search, *, typing: bool) -> Search:
    """Stores what a page asks for under the id that the page made, and returns the row.

    The same question twice is one row. While someone types, each pause asks again with the same id
    and replaces the words; otherwise another question is another row, so that Back finds both.
    """
    row: Search = asked
    there = asked.insert_once()
    if there is None or (there is not asked and not typing and there.asked != asked.asked):
        row = Search(id=uuid7(), owner=asked.owner, **asked.asked)
        row.save(force_insert=True)
    elif there is not asked:
        row = there
        for name, value in asked.asked.items():
            setattr(row, name, value)
        row.save()
    person: User = asked.owner
    person.searches.forget_older()
    return row
