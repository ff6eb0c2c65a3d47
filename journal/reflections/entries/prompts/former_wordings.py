"""Earlier wordings of the app's own prompts. An export names a prompt by its text; one made by
older code names it by one of these."""

FORMER_WORDINGS = {
    "What is today's smallest honest yes?": (
        "What is the smallest thing you can honestly say yes to today?"
    ),
    "Which promise is someone else's idea of you?": (
        "Which promise is really somebody else’s idea of who you are?"
    ),
    "What made a kept day easier?": "What made it easier to keep a promise?",
    "Which daily cue already works?": "What already reminds you every day, and works?",
    "What would you stop promising, with relief?": "What would you be relieved to stop promising?",
    "When did you return after a gap?": "When did you come back to something after a gap?",
    "What is “good enough” this week?": "What would be “good enough” this week?",
    "Which obstacle could you plan for kindly?": (
        "What might get in your way, and how could you make it easier?"
    ),
    "What size feels almost too easy?": "How small would it have to be to feel almost too easy?",
    "What deserves a proper pause?": "What could you properly pause for a while?",
    "Where did you say yes, meaning no?": "Where did you say yes and mean no?",
    "What would one free evening protect?": "What would one free evening make room for?",
    "How does your body signal “enough”?": "How does your body tell you that it’s enough?",
    "What is yours to do if crossed?": "What can you do yourself when a limit is crossed?",
    "Which no needs fewer explanations?": "Where could you say no with less explaining?",
    "Where could you be clearer, earlier?": "Where could you be clear sooner?",
    "What limit do you need with yourself?": "Which limit do you need to set for yourself?",
    "How would a calm no sound?": "How would you say no calmly?",
    "Which boundary has outgrown its purpose?": "Which boundary do you no longer need?",
    "What did the critic say, in what tone?": "What did the harsh voice say, and in what tone?",
    "What is the critic trying to prevent?": "What is the harsh voice trying to prevent?",
    "Which words would you offer someone loved?": "What would you say to someone you love?",
    "What was hard that nobody saw?": "What was hard today that nobody saw?",
    "What fair sentence can you half-believe?": (
        "What could you say to yourself that is fair, and that you half believe?"
    ),
    "When did encouragement beat pressure?": "When did encouragement help more than pressure?",
    "What can wait until you have rested?": "What can wait until you’ve rested?",
    "How would a fair witness describe today?": "How would a fair witness describe your day?",
    "Which strength stood beside the struggle?": "What strength did you show while it was hard?",
    "What kindness did you accept lately?": "What kindness have you accepted lately?",
    "Which choice waits, and what does waiting cost?": (
        "Which choice is waiting, and what does the waiting cost you?"
    ),
    "What third option is unnamed?": "Is there a third option you haven’t named?",
    "Which value has the casting vote?": "Which of your values has the casting vote?",
    "What do you know, and what assume?": "What do you know, and what are you assuming?",
    "How would this look after sleep?": "How might this look after a night’s sleep?",
    "What would you advise a friend?": "What would you advise a friend to do?",
    "Which good decision turned out badly?": "Which good decision of yours turned out badly?",
    "Which lucky result hid shaky thinking?": "When did luck make up for shaky thinking?",
    "What small test teaches most?": "What small test would teach you the most?",
    "How sure are you out of 100?": "How sure are you, out of 100?",
    "What happened, told without adjectives?": (
        "What happened, in plain facts and without adjectives?"
    ),
    "Where does your part begin and end?": "Where does your part begin, and where does it end?",
    "What conditions set you up?": "What made the mistake more likely?",
    "What did this show you care about?": "What did this show that you care about?",
    "What would repair look like?": "What would it look like to put this right?",
    "What are you ready to set down?": "What are you ready to let go of?",
    "Which rule would have helped?": "What rule would have helped?",
    "Where has an old lesson helped?": "Where has an earlier lesson helped you?",
    "What would you change in the surroundings?": (
        "What could you change around you to make it less likely?"
    ),
    "What did you do well amid it?": "What did you handle well?",
    "Who learned this before you?": "Who had to learn this before you?",
}
