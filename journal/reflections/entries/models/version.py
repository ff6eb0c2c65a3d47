"""An earlier version of an entry with its labels: kept for 30 days, sealed like the entry."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reflections.entries.excerpts import EXCERPT_CHARACTERS, cut, plain
from journal.reflections.entries.models.content import EntryContent
from journal.reflections.entries.tag_names import MOST_TAGS, TAG_CHARACTERS, join_names, split_names

KEPT_FOR = timedelta(days=30)


class EarlierVersionQuerySet(OwnedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-number")

    def with_labels(self) -> Self:
        return self.select_related("prompt", "own_prompt")

    def outdated(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)

    def within_reach(self) -> Self:
        """Versions that a person may still read; the purge may run a little later."""
        return self.filter(created_at__gte=timezone.now() - KEPT_FOR)


class EarlierVersion(EntryContent, OwnedModel):
    export_name = "reflections.EarlierVersion"
    owner = belongs_to("earlier_versions")
    entry = models.ForeignKey(
        "entries.Entry", on_delete=models.CASCADE, related_name="earlier", db_index=False
    )
    number = models.PositiveIntegerField()  # the entry's `version` at that time
    saved_at = models.DateTimeField()  # when the entry was last saved with these words
    # NULL if only the words are known, as in files from an older export.
    written_on = models.DateField(_("Day"), null=True)  # type: ignore[assignment]  # nullable here
    # The names of that time, which a tag that is renamed or deleted leaves alone.
    tags = WordsField(_("Tags"), max_length=MOST_TAGS * (TAG_CHARACTERS + 2), blank=True)

    objects: ClassVar = EarlierVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "entry", "number"], name="earlier_version_once"
            ),
            models.CheckConstraint(condition=Q(body__isnull=False), name="earlier_has_words"),
            models.CheckConstraint(
                condition=Q(intensity=None) | Q(intensity__lte=10), name="earlier_intensity_to_ten"
            ),
            models.CheckConstraint(
                condition=Q(prompt=None) | Q(own_prompt=None), name="earlier_of_one_prompt"
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="earlier_version_by_age")]

    def get_absolute_url(self) -> str:
        return reverse("entries:version", args=[self.entry_id, self.number])

    @property
    def tag_names(self) -> list[str]:
        return split_names(self.tags)

    @tag_names.setter
    def tag_names(self, names: list[str]) -> None:
        self.tags = join_names(names)

    @property
    def first_words(self) -> str:
        return cut(plain(self.body), EXCERPT_CHARACTERS)
