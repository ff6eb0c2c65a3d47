"""Tags of entries: typing a new name creates one, and unused ones are deleted.

Sealed names cannot have a unique constraint, and a merge touches many entries. So whoever changes
which tags there are, or which an entry has, first locks the person's row.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reflections.entries.tag_names import MOST_TAGS, TAG_CHARACTERS, tidy


class TagQuerySet(OwnedQuerySet):
    def unused(self) -> Self:
        """Tags that no entry has any more, not even one in the bin."""
        return self.filter(entry_tags=None)

    def with_counts(self) -> Self:
        """Annotates `entry_count`, without entries in the bin."""
        live = Q(entry_tags__entry__deleted_at=None)
        return self.annotate(entry_count=Count("entry_tags__entry", filter=live))


class Tag(OwnedModel):
    export_name = "reflections.Tag"
    owner = belongs_to("tags")
    name = WordsField(_("Tag"), max_length=TAG_CHARACTERS)

    entry_count: int  # of with_counts

    objects: ClassVar = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="tag_and_owner"),
            models.CheckConstraint(condition=Q(name__isnull=False), name="tag_has_a_name"),
        ]
        indexes = [models.Index(fields=["owner", "id"], name="tags_of_a_person")]

    @classmethod
    def named(cls, person: User, names: Sequence[str], likely: "Iterable[Tag]" = ()) -> "list[Tag]":
        """The person's tags of these names (privacy/canonical.py); creates the missing ones. The
        caller holds the person's lock. Only a name that no `likely` tag has opens all of them."""
        known = _by_name(likely)
        if any(canonical(name) not in known for name in names):
            known = _by_name(person.tags.all())
        return [known.get(canonical(name)) or person.tags.create(name=tidy(name)) for name in names]

    @property
    def others(self) -> TagQuerySet:
        """The other tags of the person."""
        return self.owner.tags.live().exclude(pk=self.pk)

    def namesake(self, name: str) -> "Tag | None":
        """Another tag of the person with this name."""
        wanted = canonical(tidy(name))
        return next((tag for tag in self.others if canonical(tag.name) == wanted), None)

    @transaction.atomic
    def merge_into(self, other: "Tag") -> None:
        """Gives every entry with this tag the other one, once, and deletes this one. The caller
        holds the person's lock."""
        rows = EntryTag.objects.filter(tag=self)
        rows.filter(entry__in=other.entry_tags.values("entry")).delete()
        for relation in self._meta.related_objects:
            name = relation.field.name
            relation.related_model._base_manager.filter(**{name: self}).update(**{name: other})
        self.delete()


def _by_name(tags: Iterable[Tag]) -> dict[str, Tag]:
    found: dict[str, Tag] = {}
    for tag in tags:
        found.setdefault(canonical(tag.name), tag)
    return found


class EntryTag(OwnedModel):
    """A tag of an entry. `place` keeps the person's order and limits the number."""

    export_name = "reflections.EntryTag"
    owner = belongs_to("entry_tags")
    entry = models.ForeignKey(
        "entries.Entry", on_delete=models.CASCADE, related_name="entry_tags", db_index=False
    )
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="entry_tags", db_index=False
    )
    place = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("tag of an entry")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "entry", "tag"], name="tag_of_an_entry_once"),
            models.UniqueConstraint(
                fields=["owner", "entry", "place"], name="one_tag_of_an_entry_per_place"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_TAGS),
                name="at_most_twenty_tags_of_an_entry",
                violation_error_message=_("An entry can have up to 20 tags."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "tag", "entry"], name="entries_of_a_tag")]

    @classmethod
    def assign(cls, entry: Any, names: Sequence[str]) -> None:
        """Gives the entry the tags of these names, and deletes tags that nothing has any more. Too
        many are an IntegrityError: none is left out."""
        person: User = entry.owner
        with transaction.atomic():
            person.lock()
            rows = cls.objects.filter(entry=entry)
            stored = [row.tag for row in rows.select_related("tag")]
            tags = Tag.named(person, names, stored)
            rows.delete()
            cls.objects.bulk_create(
                cls(owner=person, entry=entry, tag=tag, place=place)
                for place, tag in enumerate(tags, start=1)
            )
            left = {tag.pk for tag in stored} - {tag.pk for tag in tags}
            if left:
                person.tags.filter(pk__in=left).unused().delete()


def stored_tags() -> Prefetch:
    """Reads the tags of any number of entries in one statement (`Entry.tags`)."""
    return Prefetch("entry_tags", queryset=EntryTag.objects.select_related("tag"))


class Tagged(models.Model):
    """What an entry has of its tags: the stored ones, and the names that its next save assigns."""

    tagged: list[str] | None = None  # None for no change
    owner: Any
    entry_tags: Any

    class Meta:
        abstract = True

    @property
    def tags(self) -> list[Tag]:
        """The stored ones, in the person's order."""
        if "entry_tags" not in getattr(self, "_prefetched_objects_cache", ()):
            prefetch_related_objects([self], stored_tags())
        return [row.tag for row in self.entry_tags.all()]

    @property
    def tag_names(self) -> list[str]:
        return [tag.name for tag in self.tags] if self.tagged is None else self.tagged

    @tag_names.setter
    def tag_names(self, names: list[str]) -> None:
        self.tagged = names

    def hold_tags(self) -> None:
        """Reads the tags again, which no other request then changes until the transaction ends. A
        change is worked out from these: one that somebody renamed meanwhile would count twice."""
        self.owner.lock()
        self._forget_tags()

    def save(self, *args: Any, **kwargs: Any) -> None:
        seen = [] if self._state.adding else [tag.name for tag in self.tags]
        super().save(*args, **kwargs)
        if self.tagged is not None and self.tagged != seen:
            EntryTag.assign(self, self.tagged)
            self._forget_tags()
        self.tagged = None

    def _forget_tags(self) -> None:
        getattr(self, "_prefetched_objects_cache", {}).pop("entry_tags", None)
