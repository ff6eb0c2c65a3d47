"""A person's values: at most ten active ones, in their order, in their words."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet

MOST = 10
STARTERS = (
    _("honesty"), _("care"), _("courage"), _("fairness"), _("rest"),
    _("learning"), _("family"), _("friendship"), _("freedom"), _("craft"),
    _("faith"), _("humour"), _("health"), _("nature"), _("generosity"),
    _("calm"), _("loyalty"), _("curiosity"), _("stability"), _("creativity"),
)  # fmt: skip


class TooMany(Exception):
    """Ten values are active already."""


class ValueQuerySet(OwnedQuerySet):
    def active(self) -> Self:
        return self.live().filter(is_active=True).order_by("rank")

    def resting(self) -> Self:
        return self.live().filter(is_active=False).order_by("-updated_at")


class Value(OwnedModel):
    """Ranks 1 to 10 are unique among active values, so the database allows no eleventh."""

    export_name = "people.Value"

    name = WordsField(_("Value"), max_length=40)
    meaning = WordsField(
        _("What does it look like on an ordinary day?"), max_length=200, blank=True
    )
    rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(default=True, editable=False)

    objects: ClassVar = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="value_and_owner"),
            models.UniqueConstraint(
                fields=["owner", "rank"], condition=Q(is_active=True), name="one_value_per_rank"
            ),
            models.CheckConstraint(condition=Q(name__isnull=False), name="value_has_a_name"),
            models.CheckConstraint(
                condition=Q(
                    is_active=True,
                    rank__isnull=False,  # since a comparison with NULL would pass
                    rank__gte=1,
                    rank__lte=MOST,
                    deleted_at=None,
                )
                | Q(is_active=False, rank=None),
                name="active_values_are_ranked",
            ),
        ]
        indexes = [models.Index(fields=["owner", "rank"], name="value_by_rank")]

    @property
    def label(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @classmethod
    def free_rank(cls, owner: Any) -> int:
        """The rank after the last one, or else the first gap. Raises TooMany."""
        taken = set(owner.values.active().values_list("rank", flat=True))
        after_last = max(taken, default=0) + 1
        if after_last <= MOST:
            return after_last
        free = [rank for rank in range(1, MOST + 1) if rank not in taken]
        if not free:
            raise TooMany
        return free[0]

    def rest(self) -> None:
        """Keeps the value and its meaning, but forms no longer offer it."""
        self.is_active, self.rank = False, None
        self.save(update_fields=["is_active", "rank"])

    def wake(self) -> None:
        self.rank, self.is_active = Value.free_rank(self.owner), True
        self.save(update_fields=["is_active", "rank"])

    def trash(self) -> None:
        if self.deleted_at is None:
            self.rest()
        super().trash()

    @transaction.atomic
    def move(self, *, up: bool) -> None:
        """Swaps ranks with its neighbour; does nothing at either end."""
        ranked = list(self.owner.values.active().select_for_update(of=("self",)))
        at = ranked.index(self)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(ranked):
            return
        mine, neighbour = ranked[at], ranked[other]
        my_rank, neighbours_rank = mine.rank, neighbour.rank
        mine.rest()
        neighbour.rank = my_rank
        neighbour.save(update_fields=["rank"])
        mine.rank, mine.is_active = neighbours_rank, True
        mine.save(update_fields=["rank", "is_active"])


def choose(person: Any, name: str, meaning: str = "") -> Value | None:
    """Adds the name to the person's active values, or reactivates it.

    None if it is active already. Raises TooMany. The caller locks the person.
    """
    known = {canonical(value.name): value for value in person.values.live()}
    value = known.get(canonical(name))
    if value is None:
        value = Value(owner=person, name=name, meaning=meaning, rank=Value.free_rank(person))
        value.save(force_insert=True)
        return value
    if value.is_active:
        return None
    value.wake()
    return value
