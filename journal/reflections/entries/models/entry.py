"""Journal entries, and the labels a person gives them."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.languages.lists import beside
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.people.row_urls import row_url
from journal.photos.models import Photo
from journal.privacy.fields import Sealed
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reflections.entries.excerpts import (
    EXCERPT_CHARACTERS,
    NOT_AT_A_CUT,
    OPENING_CHARACTERS,
    READ_FOR_OPENING,
    beginning,
    cut,
    length_text,
    one_line,
    whole_sentences,
)
from journal.reflections.entries.formatting import Day
from journal.reflections.entries.html_cache import entry_html
from journal.reflections.entries.markdown import Budget
from journal.reflections.entries.models.content import EntryContent
from journal.reflections.entries.models.tag import Tagged, stored_tags
from journal.reflections.entries.models.version import EarlierVersion
from journal.reflections.practices import DRAWINGS, Practice

A_SITTING = timedelta(minutes=10)  # writing for longer in one sitting keeps an earlier version
HEADING_CHARACTERS = 80


class EntryQuerySet(OwnedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-written_on", "-created_at", "-id")

    def oldest_first(self) -> Self:
        """By day; entries of one day in the order in which they were written or imported."""
        return self.order_by("written_on", "created_at", "id")

    def without_quiet(self) -> Self:
        """For every place that shows entries by itself. Pages that a person opens to find entries,
        the journal and search, show all."""
        return self.filter(quiet=False)

    def narrowed(self, since: date | None, until: date | None, **labels: Any) -> Self:
        """Filters by first day, last day and labels; an empty argument does not filter."""
        asked = {"written_on__gte": since, "written_on__lte": until, **labels}
        return self.filter(**{name: value for name, value in asked.items() if value})

    def to_sort(self) -> Self:
        return self.filter(unsorted=True)

    def latest_with_mood(self) -> Self:
        """Only their moods, for suggestions (moods.py)."""
        rows = self.live().filter(mood__isnull=False)
        return rows.order_by("-created_at").only("owner_id", "mood")

    def notes_to_sort_of(self, day: date) -> Self:
        return self.live().to_sort().filter(written_on=day).newest_first()

    def with_photos(self) -> Self:
        """Each with `shown_photos`, in one more statement."""
        photos = Photo.objects.live().in_order()
        return self.prefetch_related(models.Prefetch("photos", photos, to_attr="shown_photos"))

    def with_labels(self) -> Self:
        return self.select_related("prompt", "own_prompt").with_tags()

    def with_tags(self) -> Self:
        """Reads the tags of all rows in one statement."""
        return self.prefetch_related(stored_tags())

    def before(self, written_on: date, pk: UUID | None) -> Self:
        """The entries after this one in `newest_first`: the next page, without an OFFSET. Without
        an entry, those of the day and before."""
        rows = self.filter(written_on__lte=written_on)
        if pk is None:
            return rows
        rows = rows.exclude(written_on=written_on, created_at__gt=Subquery(self._created(pk)))
        return rows.exclude(
            written_on=written_on, created_at=Subquery(self._created(pk)), id__gte=pk
        )

    def after(self, written_on: date, pk: UUID) -> Self:
        """The entries before this one in `newest_first`."""
        rows = self.filter(written_on__gte=written_on)
        rows = rows.exclude(written_on=written_on, created_at__lt=Subquery(self._created(pk)))
        return rows.exclude(
            written_on=written_on, created_at=Subquery(self._created(pk)), id__lte=pk
        )

    def _created(self, pk: UUID) -> models.QuerySet[Any]:
        return self.model._default_manager.filter(pk=pk).values("created_at")


class Entry(Tagged, EntryContent, OwnedModel):
    export_name = "reflections.Entry"
    NOT_CONTENT = {
        "id": "which entry it is",
        "owner": "whose it is",
        "created_at": "counted by the table",
        "updated_at": "counted by the table",
        "deleted_at": "whether it is in the bin",
        "version": "counts saves",
        "written_zone": "where it was first written, which no version changes",
        "written_at": "the clock time of writing, which no version changes",
        "sitting": "the open page that wrote last",
        "unsorted": "whether a quick note waits for its labels",
        "favourite": "a mark that no version changes",
    }

    owner = belongs_to("entries")
    written_zone = models.CharField(max_length=64, editable=False)
    # When it was first written; None where nobody knows, as for a page of a file.
    written_at = models.DateTimeField(default=timezone.now, null=True, editable=False)
    # The page view that saved last. A save from another one, or much later,
    # keeps an earlier version.
    sitting = models.UUIDField(null=True, blank=True, editable=False)

    # A quick note (capture_views.py), until it gets a practice or a tag, or is marked as sorted.
    unsorted = models.BooleanField(_("To sort later"), default=False, editable=False)
    favourite = models.BooleanField(_("Favourite"), default=False, editable=False)

    # For the next save; a form sets it.
    written_in: UUID | None = None  # the sitting of that save

    objects: ClassVar = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="entry_and_owner"),
            models.CheckConstraint(condition=Q(body__isnull=False), name="entry_has_words"),
            models.CheckConstraint(
                condition=Q(written_on__gte=FIRST_DAY), name="entry_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(intensity=None) | Q(intensity__lte=10),
                name="entry_intensity_to_ten",
                violation_error_message=_("Choose a number from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(prompt=None) | Q(own_prompt=None), name="entry_of_one_prompt"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-written_on", "-created_at", "-id"],
                condition=Q(deleted_at=None),
                name="entry_newest_first",
            ),
            models.Index(
                fields=["owner", "-deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="entry_trash",
            ),
            models.Index(
                fields=["owner", "practice", "-written_on", "-created_at", "-id"],
                condition=Q(deleted_at=None) & ~Q(practice=""),
                name="entry_by_practice",
            ),
            models.Index(
                fields=["owner", "-written_on", "-created_at", "-id"],
                condition=Q(deleted_at=None, unsorted=True),
                name="entry_to_sort",
            ),
            models.Index(
                fields=["owner", "-written_on", "-created_at", "-id"],
                condition=Q(deleted_at=None, favourite=True),
                name="entry_favourite",
            ),
            models.Index(
                fields=["owner", "-created_at"],
                condition=Q(deleted_at=None, mood__isnull=False),
                name="entry_with_mood",
            ),
        ]

    @classmethod
    def new_for(cls, person: User) -> "Entry":
        """A new entry, dated on the person's today."""
        zone = clock.zone_of(person)
        return cls(owner=person, written_on=clock.today(person), written_zone=str(zone))

    def get_absolute_url(self) -> str:
        return row_url("entries:detail", self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps an earlier version of the words it overwrites, unless this sitting wrote them."""
        names = kwargs.get("update_fields")
        if names is None or {"title", "body"} & set(names):
            if not self._state.adding and self._writes_over_words():
                self._keep_earlier_version()
            self.sitting = self.written_in
            names = names and {*names, "sitting"}
        if self.unsorted and (self.practice or self.tagged):
            self.unsorted = False
            names = names and {*names, "unsorted"}
        super().save(*args, **{**kwargs, "update_fields": names})

    def validate_constraints(self, exclude: Any = None) -> None:
        """Skips the checks: each constraint of this table is also a rule of a field, and each check
        would cost a statement at every autosave."""

    def mark(self, **marks: bool) -> None:
        """Sets `unsorted` or `favourite`. A second call changes nothing. The caller holds the row
        lock: a save at the same time would otherwise count the same version."""
        if any(getattr(self, name) != value for name, value in marks.items()):
            for name, value in marks.items():
                setattr(self, name, value)
            self.save(update_fields=list(marks))

    def bring_back(self, earlier: EarlierVersion) -> None:
        """Restores an earlier version and keeps the current one. The caller holds the row lock."""
        self.hold_tags()
        content, now = earlier.content(), self.content()
        if not earlier.written_on:  # a version from before versions held labels
            content = {name: content[name] for name in ("title", "body")}
        if any(now[name] != value for name, value in content.items()):
            self._keep_earlier_version()
            self.take(content)
            self.sitting = None
            super().save()

    def _writes_over_words(self) -> bool:
        title, body = self._stored("title"), self._stored("body")
        if not body or (title, body) == (self.title, self.body):
            return False
        return not (
            self.written_in and self.written_in == self.sitting and self._sitting_is_young()
        )

    def _keep_earlier_version(self) -> None:
        stored = type(self)._base_manager.get(pk=self.pk)
        version = EarlierVersion(owner=self.owner, entry=self, number=stored.version)
        stored.tagged = [tag.name for tag in self.tags]  # which are read already
        version.take(stored.content())
        version.saved_at = stored.updated_at
        version.save(force_insert=True)

    def _stored(self, name: str) -> str:
        """The words as they were when the row was read."""
        held = self.__dict__.get("_sealed_originals", {}).get(name)
        if held is not None:
            field: Any = self._meta.get_field(name)
            return field.open(self, held)
        return getattr(self, name) if isinstance(self.__dict__.get(name), Sealed) else ""

    def _sitting_is_young(self) -> bool:
        latest = self.earlier.newest_first().values_list("created_at", flat=True).first()
        return timezone.now() - (latest or self.created_at) < A_SITTING

    @property
    def drawing(self) -> str:
        return DRAWINGS.get(self.practice, "")

    @property
    def practice_name(self) -> str:
        return str(Practice(self.practice).label) if self.practice else ""

    @property
    def day(self) -> Day:
        return Day(self.written_on)

    @property
    def moment(self) -> str:
        return beside((self.day.long, self.written_time)) if self.written_time else self.day.long

    @property
    def name(self) -> str:
        """What a button or a link calls it: the title, or its day."""
        return self.title or self.day.long

    @cached_property
    def html(self) -> SafeString:
        return entry_html(self.owner_id, self.body)

    def render(self, page: Budget) -> None:
        """Fills `html` from the budget of a page with many entries."""
        self.__dict__["html"] = entry_html(self.owner_id, self.body, page)

    @cached_property
    def _plain(self) -> str:
        return beginning(self.body) if self.title else beginning(self.body, READ_FOR_OPENING)

    @cached_property
    def heading(self) -> str:
        """The title, or the first line of an entry without one."""
        return self.title or cut(self._plain.split("\n", 1)[0], HEADING_CHARACTERS)

    @cached_property
    def excerpt(self) -> str:
        """The beginning without markup; without the first line if that is the heading."""
        text = self._plain
        if not self.title:
            text = text[len(self.heading.rstrip("…")) :].lstrip(f"{NOT_AT_A_CUT}…\n")
        return cut(one_line(text), EXCERPT_CHARACTERS)

    @cached_property
    def opening(self) -> str:
        """The text of a list, on one line: whole if it is short, else to the end of a sentence."""
        return whole_sentences(one_line(self._plain), OPENING_CHARACTERS)

    @property
    def length_to_read_on(self) -> str:
        """The length of an entry of which a list shows only the opening; else empty."""
        is_read = len(self.body) <= READ_FOR_OPENING
        is_whole = is_read and self.opening == one_line(self._plain)
        return "" if is_whole else self.length

    @property
    def length(self) -> str:
        return length_text(self.body)

    @property
    def first_words(self) -> str:
        return cut(one_line(self._plain), EXCERPT_CHARACTERS)

    @property
    def written_time(self) -> str:
        """The time of writing if the entry was written on its own day, which may go on after
        midnight; empty for every other day, whose time nobody gave."""
        if self.written_at is None:
            return ""
        local = self.written_at.astimezone(clock.ZoneInfo(self.written_zone))
        own_day = clock.day_at(local, self.owner.day_starts_at)
        return f"{local:%H:%M}" if own_day == self.written_on else ""
