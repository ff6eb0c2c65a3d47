"""The thirty kindness starters that come with Selftrust. A migration inserts them.

The table holds them in English; pages pass them through gettext, which finds the strings of this
module in the catalogues.
"""

from django.utils.translation import gettext_noop as _

STARTERS = (
    _("This is hard, and I am here."),
    _("I can be unsure and still begin."),
    _("I am allowed to learn slowly."),
    _("One miss is only one miss."),
    _("I can come back from here."),
    _("My effort counts, even when it’s small."),
    _("Part of me is trying to protect me."),
    _("I don’t have to decide tonight."),
    _("Others have been where I am."),
    _("I can speak to myself more fairly."),
    _("Rest is part of keeping my word."),
    _("I can say no and still care."),
    _("I can keep my limit and be gentle about it."),
    _("Their disappointment does not make me wrong."),
    _("I chose with what I knew at the time."),
    _("I only have to own my part."),
    _("One result doesn’t decide what I’m worth."),
    _("I am practising, not performing."),
    _("I can take the next two minutes."),
    _("It makes sense that I feel this."),
    _("I can ask for help early."),
    _("I’ve come back before."),
    _("I can change my mind when the facts change."),
    _("I don’t have to earn basic kindness."),
    _("Being wrong can be useful."),
    _("I can leave this unfinished."),
    _("I am more than today’s numbers."),
    _("I could give myself some room."),
    _("Something in me keeps trying."),
    _("For now, enough is enough."),
)
