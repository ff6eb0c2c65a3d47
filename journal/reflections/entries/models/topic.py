"""Topics of entries: typing a new name creates one, and unused ones are deleted."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to

TOPIC_CHARACTERS = 40


class TopicQuerySet(OwnedQuerySet):
    def unused(self) -> Self:
        """Topics that no entry has any more, not even one in the trash or an earlier version."""
        return self.filter(entry=None, earlierversion=None)


class Topic(OwnedModel):
    export_name = "reflections.Topic"
    owner = belongs_to("topics")
    name = WordsField(_("Topic"), max_length=TOPIC_CHARACTERS)

    objects: ClassVar = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="topic_and_owner"),
            models.CheckConstraint(condition=Q(name__isnull=False), name="topic_has_a_name"),
        ]
        indexes = [models.Index(fields=["owner", "id"], name="topics_of_a_person")]

    @property
    def label(self) -> str:
        return self.name

    @classmethod
    def named(cls, person: User, name: str) -> "Topic":
        """The person's topic of this name (privacy/canonical.py); creates a missing one.

        Sealed names cannot have a unique constraint, so concurrent requests wait for each other's
        lock on the person's row.
        """
        name = " ".join(name.split())
        known = cls._find(person, name)
        if known:
            return known
        User.objects.select_for_update(of=("self",)).only("pk").get(pk=person.pk)
        return cls._find(person, name) or person.topics.create(name=name)

    @classmethod
    def _find(cls, person: User, name: str) -> "Topic | None":
        wanted = canonical(name)
        same = [one for one in person.topics.all() if canonical(one.name) == wanted]
        return next((one for one in same if one.name == name), same[0] if same else None)
