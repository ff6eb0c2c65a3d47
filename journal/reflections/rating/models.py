"""Five short statements about the past two weeks: a private rating, at most every 28 days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to, field_of
from journal.reflections.rating import scores

APART = timedelta(days=28)
ITEMS = ("q1", "q2", "q3", "q4", "q5")


class Truth(models.IntegerChoices):
    NOT_AT_ALL = 1, _("Not at all")
    A_LITTLE = 2, _("A little")
    PARTLY = 3, _("Partly")
    MOSTLY = 4, _("Mostly")
    VERY = 5, _("Very")


class Item(NamedTuple):
    """One statement with its answer."""

    name: str | Lazy
    statement: str | Lazy
    answer: int | None
    answer_text: str | Lazy


class SelfRatingQuerySet(OwnedQuerySet):
    def newest_first(self) -> Self:
        return self.live().order_by("-taken_on")

    def taken_between(self, first: date, last: date) -> Self:
        return self.live().filter(taken_on__gte=first, taken_on__lte=last)

    def near(self, day: date) -> Self:
        """Ratings too close to this day to allow another one."""
        return self.live().filter(taken_on__gt=day - APART, taken_on__lt=day + APART)


def answered(name: Any, statement: Any) -> Any:
    """The field's label is the statement, its help text the subject."""
    return models.PositiveSmallIntegerField(
        statement, help_text=name, choices=Truth, null=True, blank=True
    )


def one_to_five(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**{f"{field}__gte": 1, f"{field}__lte": 5}),
        name=f"rating_{field}_one_to_five",
    )


class SelfRating(OwnedModel):
    export_name = "reflections.SelfRating"
    owner = belongs_to("ratings")
    taken_on = models.DateField(editable=False)
    q1 = answered(
        _("Decision-making"), _("I could make my own choices and stand by how I made them.")
    )
    q2 = answered(_("Resilience"), _("When things went wrong, I expected to find my way back."))
    q3 = answered(_("Authenticity"), _("What I did mostly matched what matters to me."))
    q4 = answered(_("Emotional well-being"), _("I could notice doubt without it running my day."))
    q5 = answered(_("Empowerment"), _("I acted on something that was mine to change."))

    objects: ClassVar = SelfRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-up")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "taken_on"], condition=Q(deleted_at=None), name="one_rating_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(**dict.fromkeys(ITEMS)), name="rating_has_an_answer"
            ),
            *[one_to_five(field) for field in ITEMS],
        ]
        # For whatever does not leave out the bin, too.
        indexes = [models.Index(fields=["owner", "taken_on"], name="rating_by_day")]

    @classmethod
    def for_today(cls, person: User) -> Self | None:
        """Today's rating, or a new one; None while the last one is too recent.

        Two tabs could both get a new one: the caller locks the person's row before it saves.
        """
        today = clock.today(person)
        near = cls.objects.filter(owner=person).near(today).order_by("-taken_on").first()
        if near is None:
            return cls(owner=person, taken_on=today)
        return near if near.taken_on >= today else None  # later: after a journey west

    @property
    def next_on(self) -> date:
        """The first day on which the next one is possible."""
        return self.taken_on + APART

    @property
    def answers(self) -> list[int | None]:
        return [getattr(self, name) for name in ITEMS]

    @property
    def score(self) -> Decimal | None:
        return scores.score(self.answers)

    @property
    def items(self) -> list[Item]:
        rows = []
        for name in ITEMS:
            field, given = field_of(type(self), name), getattr(self, name)
            text = Truth(given).label if given else ""
            rows.append(Item(field.help_text, field.verbose_name, given, text))
        return rows
