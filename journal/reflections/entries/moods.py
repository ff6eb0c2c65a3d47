"""The words that the writing page suggests for a mood: the person's own ones, then these."""

from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.privacy.canonical import canonical

READ = 200  # the newest entries with a mood, in which the person's own words are looked up

SHIPPED = (
    _("Calm"),
    _("Content"),
    _("Grateful"),
    _("Hopeful"),
    _("Proud"),
    _("Relieved"),
    _("Curious"),
    _("Restless"),
    _("Tired"),
    _("Lonely"),
    _("Sad"),
    _("Anxious"),
    _("Angry"),
    _("Ashamed"),
    _("Overwhelmed"),
    _("Numb"),
)


def suggested(person: User) -> list[str]:
    """Each word once, the latest first. A word that no entry has any more is gone."""
    words: dict[str, str] = {}
    for entry in person.entries.latest_with_mood()[:READ]:
        words.setdefault(canonical(entry.mood), entry.mood)
    for word in map(str, SHIPPED):
        words.setdefault(canonical(word), word)
    return list(words.values())
