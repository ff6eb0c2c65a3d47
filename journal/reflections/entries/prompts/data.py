"""The sixty prompts that come with Selftrust. A migration inserts them.

The table holds them in English, so that an operator can edit it; pages pass them through gettext,
which finds the strings of this module in the catalogues.
"""

from django.utils.translation import gettext_noop as _

from journal.reflections.practices import Practice

PROMPTS: dict[Practice, tuple[str, ...]] = {
    Practice.PROMISES: (
        _("Which promise have you kept without noticing?"),
        _("What is the smallest thing you can honestly say yes to today?"),
        _("Which promise is really somebody else’s idea of who you are?"),
        _("What made it easier to keep a promise?"),
        _("What already reminds you every day, and works?"),
        _("What would you be relieved to stop promising?"),
        _("When did you come back to something after a gap?"),
        _("What would be “good enough” this week?"),
        _("What might get in your way, and how could you make it easier?"),
        _("How small would it have to be to feel almost too easy?"),
        _("What do you already do reliably?"),
        _("What could you properly pause for a while?"),
    ),
    Practice.BOUNDARIES: (
        _("Where did you say yes and mean no?"),
        _("What leaves you quietly resentful?"),
        _("Which limit already works well?"),
        _("What would one free evening make room for?"),
        _("How does your body tell you that it’s enough?"),
        _("What can you do yourself when a limit is crossed?"),
        _("Where could you say no with less explaining?"),
        _("Where could you be clear sooner?"),
        _("Whose limit did you respect recently?"),
        _("Which limit do you need to set for yourself?"),
        _("How would you say no calmly?"),
        _("Which boundary do you no longer need?"),
    ),
    Practice.COMPASSION: (
        _("What did the harsh voice say, and in what tone?"),
        _("What is the harsh voice trying to prevent?"),
        _("What would you say to someone you love?"),
        _("What was hard today that nobody saw?"),
        _("Who might understand this feeling?"),
        _("What could you say to yourself that is fair, and that you half believe?"),
        _("What would make the next hour gentler?"),
        _("When did encouragement help more than pressure?"),
        _("What can wait until you’ve rested?"),
        _("How would a fair witness describe your day?"),
        _("What strength did you show while it was hard?"),
        _("What kindness have you accepted lately?"),
    ),
    Practice.DECISIONS: (
        _("Which choice is waiting, and what does the waiting cost you?"),
        _("Is there a third option you haven’t named?"),
        _("What would change your mind?"),
        _("Which of your values has the casting vote?"),
        _("What do you know, and what are you assuming?"),
        _("How might this look after a night’s sleep?"),
        _("What would you advise a friend to do?"),
        _("Which good decision of yours turned out badly?"),
        _("When did luck make up for shaky thinking?"),
        _("What small test would teach you the most?"),
        _("How sure are you, out of 100?"),
        _("What did you decide without second-guessing?"),
    ),
    Practice.MISTAKES: (
        _("What happened, in plain facts and without adjectives?"),
        _("Where does your part begin, and where does it end?"),
        _("What made the mistake more likely?"),
        _("What did this show that you care about?"),
        _("What would it look like to put this right?"),
        _("What are you ready to let go of?"),
        _("What rule would have helped?"),
        _("Where has an earlier lesson helped you?"),
        _("What could you change around you to make it less likely?"),
        _("What did you handle well?"),
        _("Who had to learn this before you?"),
        _("What will you try first next time?"),
    ),
}
