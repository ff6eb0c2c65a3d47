"""The sixty prompts that come with Selftrust. A migration inserts them.

The table holds them in English, so that an operator can edit it; pages pass them through gettext,
which finds the strings of this module in the catalogues.
"""

from django.utils.translation import gettext_noop as _

from journal.reflections.practices import Practice

PROMPTS: dict[Practice, tuple[str, ...]] = {
    Practice.PROMISES: (
        _("Which promise have you kept without noticing?"),
        _("What is today's smallest honest yes?"),
        _("Which promise is someone else's idea of you?"),
        _("What made a kept day easier?"),
        _("Which daily cue already works?"),
        _("What would you stop promising, with relief?"),
        _("When did you return after a gap?"),
        _("What is “good enough” this week?"),
        _("Which obstacle could you plan for kindly?"),
        _("What size feels almost too easy?"),
        _("What do you already do reliably?"),
        _("What deserves a proper pause?"),
    ),
    Practice.BOUNDARIES: (
        _("Where did you say yes, meaning no?"),
        _("What leaves you quietly resentful?"),
        _("Which limit already works well?"),
        _("What would one free evening protect?"),
        _("How does your body signal “enough”?"),
        _("What is yours to do if crossed?"),
        _("Which no needs fewer explanations?"),
        _("Where could you be clearer, earlier?"),
        _("Whose limit did you respect recently?"),
        _("What limit do you need with yourself?"),
        _("How would a calm no sound?"),
        _("Which boundary has outgrown its purpose?"),
    ),
    Practice.COMPASSION: (
        _("What did the critic say, in what tone?"),
        _("What is the critic trying to prevent?"),
        _("Which words would you offer someone loved?"),
        _("What was hard that nobody saw?"),
        _("Who might understand this feeling?"),
        _("What fair sentence can you half-believe?"),
        _("What would make the next hour gentler?"),
        _("When did encouragement beat pressure?"),
        _("What can wait until you have rested?"),
        _("How would a fair witness describe today?"),
        _("Which strength stood beside the struggle?"),
        _("What kindness did you accept lately?"),
    ),
    Practice.DECISIONS: (
        _("Which choice waits, and what does waiting cost?"),
        _("What third option is unnamed?"),
        _("What would change your mind?"),
        _("Which value has the casting vote?"),
        _("What do you know, and what assume?"),
        _("How would this look after sleep?"),
        _("What would you advise a friend?"),
        _("Which good decision turned out badly?"),
        _("Which lucky result hid shaky thinking?"),
        _("What small test teaches most?"),
        _("How sure are you out of 100?"),
        _("What did you decide without second-guessing?"),
    ),
    Practice.MISTAKES: (
        _("What happened, told without adjectives?"),
        _("Where does your part begin and end?"),
        _("What conditions set you up?"),
        _("What did this show you care about?"),
        _("What would repair look like?"),
        _("What are you ready to set down?"),
        _("Which rule would have helped?"),
        _("Where has an old lesson helped?"),
        _("What would you change in the surroundings?"),
        _("What did you do well amid it?"),
        _("Who learned this before you?"),
        _("What will you try first next time?"),
    ),
}
