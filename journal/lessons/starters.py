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
    Starter(_("asked on the spot"), _("say “I’ll answer tomorrow”"), (Area.WORK, Area.TIME)),
    Starter(_("I am angry"), _("draft and wait an hour"), (Area.WORK, Area.PARTNER)),
    Starter(_("a task has no date"), _("give it one"), (Area.WORK, Area.TIME)),
    Starter(_("I skip lunch"), _("postpone big choices"), (Area.HEALTH, Area.SELF)),
    Starter(_("plans change"), _("tell people that day"), (Area.FAMILY, Area.FRIENDS)),
    Starter(_("I assume a motive"), _("ask once"), (Area.PARTNER, Area.FRIENDS)),
    Starter(_("I am late twice"), _("start earlier"), (Area.TIME,)),
    Starter(_("buying costs over my limit"), _("sleep first"), (Area.MONEY,)),
    Starter(_("I miss a day"), _("do the smallest version next"), (Area.SELF,)),
    Starter(_("I over-explain"), _("stop after one sentence"), (Area.SELF, Area.FRIENDS)),
)
