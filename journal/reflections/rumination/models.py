"""A person's answers to offers to look at something another way. Days and ids, no words."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel, OwnedQuerySet
from journal.reflections.entries.models.tag import Tag
from journal.reflections.mistakes.models import Mistake
from journal.reflections.rumination.detection import ASIDE, BACK_FOR


class RuminationAnswerQuerySet(OwnedQuerySet):
    def recent(self, day: date) -> Self:
        """Answers that still affect the offers of a day."""
        return self.filter(answered_on__gt=day - ASIDE - BACK_FOR)

    def that_came_back(self, day: date) -> Self:
        return self.filter(set_aside_until__lte=day)


class RuminationAnswer(OwnedModel):
    """One row for each day with an answer to an offer; the last answer of a day counts.

    It outlives its subject, so that a week without offers stays a week.
    """

    export_name = "reflections.RuminationAnswer"

    tag = models.ForeignKey(
        Tag, on_delete=models.SET_NULL, null=True, db_index=False, related_name="answers"
    )
    mistake = models.ForeignKey(
        Mistake, on_delete=models.SET_NULL, null=True, db_index=False, related_name="answers"
    )
    answered_on = models.DateField()
    set_aside_until = models.DateField(null=True)
    let_lie_on = models.DateField(null=True)  # set once the subject is back

    objects: ClassVar = RuminationAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a suggestion")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "answered_on"], name="one_rumination_answer_a_day"
            ),
            models.CheckConstraint(
                condition=Q(tag=None) | Q(mistake=None), name="rumination_answer_about_one"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_until=None) | Q(set_aside_until__gt=models.F("answered_on")),
                name="rumination_set_aside_for_later",
            ),
            models.CheckConstraint(
                condition=Q(let_lie_on=None)
                | Q(set_aside_until__isnull=False) & Q(let_lie_on__gte=models.F("set_aside_until")),
                name="rumination_let_lie_once_back",
            ),
        ]

    @classmethod
    def give(cls, person: User, about: Tag | Mistake, *, aside: bool = False) -> "RuminationAnswer":
        """Stops offers for a week; with `aside`, offers about this subject for two."""
        day = clock.today(person)
        said: dict[str, Any] = {
            "tag": about if isinstance(about, Tag) else None,
            "mistake": about if isinstance(about, Mistake) else None,
            "set_aside_until": day + ASIDE if aside else None,
            "let_lie_on": None,
        }
        answer, _made = cls.objects.update_or_create(owner=person, answered_on=day, defaults=said)
        return answer

    def let_lie(self, *, lie: bool = True) -> None:
        """Hides the line on Today that it is back, or shows it again."""
        self.let_lie_on = clock.today(self.owner) if lie else None
        self.save(update_fields=["let_lie_on"])
