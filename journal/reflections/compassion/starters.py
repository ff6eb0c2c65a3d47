"""The thirty kindness starters that come with Selftrust. A migration inserts them.

The table holds them in English; pages pass them through gettext, which finds the strings of this
module in the catalogues.
"""

from django.utils.translation import gettext_noop as _

STARTERS = (
    _("This is hard, and I am here."),
    _("I can be unsure and begin."),
    _("I am allowed to learn slowly."),
    _("One miss is one miss."),
    _("I can come back from here."),
    _("My effort counts, even small."),
    _("Part of me is trying to protect me."),
    _("I need not decide tonight."),
    _("Others have stood where I stand."),
    _("I can speak to myself more fairly."),
    _("Rest is part of keeping my word."),
    _("I may say no and still care."),
    _("I can hold my limit gently."),
    _("Their disappointment does not make me wrong."),
    _("I chose with what I knew."),
    _("I can own only my part."),
    _("One result is not my worth."),
    _("I am practising, not performing."),
    _("I can take the next two minutes."),
    _("It makes sense that I feel this."),
    _("I can ask for help early."),
    _("I have returned before."),
    _("New facts may change my mind."),
    _("Basic kindness needs no earning."),
    _("Being wrong can be useful."),
    _("I can leave this unfinished."),
    _("I am more than today’s numbers."),
    _("I could give myself some room."),
    _("Something in me keeps trying."),
    _("For now, enough is enough."),
)
