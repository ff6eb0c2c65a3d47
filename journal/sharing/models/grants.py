"""What a coach may see: grants, rows kept out of them, and the measures stored for them."""

import json
from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.sharing.models.links import CoachLink
from journal.sharing.shareable import KINDS, Kind, Practice

DAYS = (7, 30, 90)
USUAL_DAYS = 30


class ShareGrantQuerySet(OwnedQuerySet):
    def in_force(self) -> Self:
        """Open at this moment. A policy of the database checks the same by itself (policies.py)."""
        return self.filter(
            revoked_at=None, expires_at__gt=timezone.now(), link__ended_at=None
        ).select_related("link")


class ShareGrant(OwnedModel):
    export_name = "coaching.ShareGrant"

    class Scope(models.TextChoices):
        ITEM = "item", _("One thing")
        PRACTICE = "practice", _("A practice")
        MEASURE = "measure", _("Figures")
        WEEK = "week", _("Weekly summary")

    class Detail(models.TextChoices):
        COUNTS = "counts", _("Counts only")
        FULL = "full", _("In full")

    class Past(models.TextChoices):
        INCLUDE = "include", _("Include what’s already there")
        FROM_NOW = "from_now", _("From now on")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="grants", db_index=False
    )
    scope = models.CharField(max_length=8, choices=Scope)
    # A kind, a practice or the slug of a measure, depending on the scope; empty for weeks.
    about = models.CharField(max_length=20, blank=True)
    item_id = models.UUIDField(null=True, blank=True)
    detail = models.CharField(max_length=6, choices=Detail, default=Detail.FULL)
    past = models.CharField(max_length=8, choices=Past, default=Past.INCLUDE)
    # The moment from which it opens rows, if it excludes earlier ones.
    from_at = models.DateTimeField(null=True, blank=True)
    # The photos of an entry that were ticked in the preview (shared_photos.py).
    photos = ArrayField(models.UUIDField(), default=list, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    # The client chose it for the next session; a brief lists it first.
    brought_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ShareGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("share")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="sharegrant_and_owner"),
            models.UniqueConstraint(
                fields=["owner", "link", "scope", "about", "item_id"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="one_grant_of_a_thing",
            ),
            models.CheckConstraint(
                condition=Q(
                    scope="item",
                    about__in=[*KINDS, "brief"],
                    item_id__isnull=False,
                    detail="full",
                    past="include",
                )
                | Q(scope="practice", about__in=Practice.values, item_id=None)
                | Q(scope="measure", item_id=None, detail="counts") & ~Q(about="")
                | Q(scope="week", about="", item_id=None),
                name="grant_of_a_known_shape",
            ),
            models.CheckConstraint(
                condition=Q(detail__in=["counts", "full"]), name="grant_in_known_detail"
            ),
            models.CheckConstraint(
                condition=Q(photos=[]) | Q(scope="item", about="entry"),
                name="grant_of_photos_with_their_entry",
            ),
            models.CheckConstraint(
                condition=Q(past="include", from_at=None)
                | Q(past="from_now", from_at__isnull=False),
                name="grant_from_a_moment_on",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("starts_at"))
                & Q(expires_at__lte=F("starts_at") + timedelta(days=max(DAYS) + 1)),
                name="grant_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "link", "-starts_at"], name="grant_by_link"),
            # For the coach's queries, across the clients who share with them.
            models.Index(fields=["link"], condition=Q(revoked_at=None), name="grant_in_force"),
        ]

    @property
    def thing(self) -> tuple[str, str, UUID | None]:
        """The subject of the grant. A link has at most one unrevoked grant per subject."""
        return self.scope, self.about, self.item_id

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def kind(self) -> Kind | None:
        return KINDS.get(self.about) if self.scope == self.Scope.ITEM else None


class Withheld(OwnedModel):
    """A row that no grant of its practice opens: its owner deleted it once, or kept it out."""

    export_name = "coaching.Withheld"

    kind = models.CharField(max_length=20)
    item_id = models.UUIDField()

    class Meta:
        verbose_name = _("kept out of sharing")
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "item_id"], name="withheld_once")
        ]


class SharedMeasure(OwnedModel):
    """A measure, or a week, computed as the client and stored for one grant.

    `text` is JSON: {"name", "said": [sentences], "own": [the client's words, if any], "drawn":
    the same since the link began, with its charts, or null} (journal/insights/drawings.py).
    Sentences have a place for the client's name (third_person.py). Where a coach may read another
    language than English, "languages" has all of this once more in each.
    """

    export_name = "coaching.SharedFigure"

    grant = models.ForeignKey(
        ShareGrant, on_delete=models.CASCADE, related_name="measures", db_index=False
    )
    slug = models.CharField(max_length=40)
    as_of = models.DateField()
    text = WordsField(max_length=200_000)

    class Meta:
        verbose_name = _("shared measure")
        constraints = [
            models.UniqueConstraint(fields=["owner", "grant", "slug"], name="one_measure_a_grant")
        ]

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.text)
