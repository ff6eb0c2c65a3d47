"""Starter lessons in our words, which a person puts into their own."""

from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.people.areas import Area


@dataclass(frozen=True)
class Starter:
    if_situation: Lazy | str
    then_action: Lazy | str
    areas: tuple[Area, ...]


STARTERS = (
    Starter(_("I’m asked on the spot"), _("say “I’ll answer tomorrow”"), (Area.WORK, Area.TIME)),
    Starter(_("I’m angry"), _("write a draft and wait an hour"), (Area.WORK, Area.PARTNER)),
    Starter(_("a task has no date"), _("give it a date"), (Area.WORK, Area.TIME)),
    Starter(_("I skip lunch"), _("put off big choices"), (Area.HEALTH, Area.SELF)),
    Starter(_("plans change"), _("tell people the same day"), (Area.FAMILY, Area.FRIENDS)),
    Starter(
        _("I’m guessing at someone’s motive"), _("ask them once"), (Area.PARTNER, Area.FRIENDS)
    ),
    Starter(_("I’ve been late twice"), _("set off earlier"), (Area.TIME,)),
    Starter(_("something costs more than my limit"), _("sleep on it first"), (Area.MONEY,)),
    Starter(_("I miss a day"), _("do the bad-day version next"), (Area.SELF,)),
    Starter(_("I start to over-explain"), _("stop after one sentence"), (Area.SELF, Area.FRIENDS)),
)
