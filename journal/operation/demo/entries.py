"""Thirty-five entries, from one line to a page. Days ago, hour of writing, title or none, body."""

from journal.operation.demo import labels
from journal.operation.demo.story import Story
from journal.reflections.entries.models import Entry

ENTRIES = (
    (
        83,
        22,
        "Starting here",
        """\
I have begun a notebook like this one four times. Each time it turned into a list of what I had not
done, and I stopped opening it.

So: different rules. I write when there is something. I do not catch up. If a day is empty it is
empty.

What I would like, if I am honest about it, is to believe myself when I say I will do something. Not
big things. I say "I'll go for a walk" and some part of me has already rolled its eyes.""",
    ),
    (82, 21, "", "Walked. Four minutes, to the bakery and back. It is on the list as kept small."),
    (
        80,
        22,
        "Running is not happening",
        """\
Alarm at six, dark, rain on the skylight. I lay there composing reasons as if somebody would be
checking them. Nobody is checking. That is both the good and the bad news.""",
    ),
    (
        77,
        13,
        "",
        """\
Sent the plan for the Lund site without reading it an eleventh time. Nothing happened. Henrik wrote
"thanks, clear." Two words, one of them the one I wanted.""",
    ),
    (
        74,
        23,
        "Yes, again",
        """\
Priya asked whether I could look at her slides "just quickly" and I had said yes before she got to
the end of the sentence. It took until ten. I was short with Ida at bedtime about a toothbrush.

It was not the toothbrush.

What I could have said:

- "I can look tomorrow at nine."
- "I can do three slides. Which three?"
- nothing, for two seconds""",
    ),
    (
        71,
        20,
        "",
        """\
Drew the pear. The pad was still in the drawer where I put it in March, with the receipt on it.""",
    ),
    (
        68,
        22,
        "Mum and the boiler",
        """\
Called her from the stairs while Ida was in the bath. She told the whole boiler story including what
the man's van looked like. I did not do anything else while she talked. I noticed because at one
point I did *not* know where my phone's charger was and it did not matter.

She said: "You sound nearer."

I have been thinking about that word all evening.""",
    ),
    (65, 12, "", "Two walks in a row. I am suspicious, and pleased."),
    (
        63,
        21,
        "What the voice says",
        """\
Wrote it down today, in quotes, to look at it: "You start things. That is all you do, you start."

On paper it is smaller than in my head. It is also not true. I have finished, this month: the plan,
the tax, a jumper for my sister's baby with both sleeves.

Still stings. Both things.""",
    ),
    (
        60,
        22,
        "Phone in the kitchen",
        """\
First night. I got up once to "check the door". The door was fine. So was the phone, presumably.""",
    ),
    (
        57,
        7,
        "",
        "Slept seven hours. I want to write *because of the phone* but it is one night.",
    ),
    (
        55,
        21,
        "Letting running go",
        """\
I have promised running since I was twenty-six. I was good at it then, and lonely, and it was mostly
the second thing that got me out of the door.

I do not want to run. I want to be a person who wants to. That is not the same, and it is no basis
for an alarm at six.

Let go. I thought I would feel worse. I feel as if I had put down a bag I was carrying for somebody
who moved away years ago.""",
    ),
    (
        52,
        20,
        "Weekdays, then",
        """\
Changed the walk to weekdays. At the weekend there is no lunch box and no sink, so there is nothing
to hang it on, and by Saturday night I was counting myself wrong for a thing that had no handle.

Easier to keep is not cheating. I had to write that down to see if I believed it. Mostly.""",
    ),
    (
        49,
        22,
        "",
        """\
Henrik praised the wrong thing in front of everyone and I said so, kindly, and gave Priya the
credit. Heart going like a drum for ten minutes. Nobody else noticed it was anything.""",
    ),
    (
        47,
        23,
        "Six months from now",
        """\
The four days. I keep turning it over at the sink.

**For:** Ida is nine. In four years she will be at the age where she does not want me home. I would
have one day for the drawing and the Portuguese and for being slow.

**Against:** the money. I have not actually worked it out; I have only been afraid of it, which
feels similar but is not.

**What I do not know:** whether Henrik would say yes, and whether I would really keep the day
free or fill it with everyone else's washing.

Next: do the sum. On paper, with the real numbers. Not tonight.""",
    ),
    (44, 21, "", "Ten lengths. Chlorine hair, good mood."),
    (
        41,
        16,
        "Fever",
        """\
Ida had it first and now I do. Everything on the list says life happened, four days of it, and
that is exactly what it did.""",
    ),
    (
        37,
        19,
        "Up again",
        """\
I expected to have to start over. That is how it has always felt: one gap and the whole thing is
spoiled, like a jumper with a dropped stitch.

But nothing was reset. There are four small flat marks where the fever was, and then today's.""",
    ),
    (
        34,
        22,
        "",
        """\
Marit called to complain about Mum and I listened for ten minutes and then said I had to go, and
went. She was fine. I had the speech ready and did not need it.""",
    ),
    (
        32,
        21,
        "The sum",
        """\
Did it. Four days is about an eighth less after tax, not a fifth, because of how the childcare
falls. We could do it if the car waits another year.

I have spent two years being afraid of a number I had not looked at. The whole thing took
twenty-five minutes and one cup of tea.""",
    ),
    (
        29,
        23,
        "Read until half past twelve",
        """\
Other people's kitchens. Forty minutes of them. I was waiting to hear whether Mum's results were in,
and instead of being frightened I looked at tiles.

Tomorrow: sound up, phone in the kitchen, and if it rings it rings.""",
    ),
    (27, 20, "", "The results are fine. I cried in the car park like somebody in a film."),
    (
        24,
        12,
        "The dentist",
        """\
Three minutes. I have been putting off three minutes since March.

What helped: I had the number open *before* lunch, so that coming back I only had to press it.""",
    ),
    (
        21,
        22,
        "No, and the roof stayed on",
        """\
Priya asked for the margin table by tonight. I said: "Not tonight. I can have it at ten tomorrow."

She said: "Ten is great."

That was it. I had prepared for a war. I walked home the long way and did not rehearse it once.""",
    ),
    (
        18,
        21,
        "Saturdays",
        """\
Paused the drawing. Rehearsals take every Saturday until the recital, and I would rather have it
wait properly than limp along with me feeling bad at it. It has a note from me to me on it.""",
    ),
    (
        15,
        22,
        "After the budget meeting",
        """\
He asked about the margin and I froze. Not for long. Long enough.

On the way home I was already writing the speech about how I am not cut out for this. Somewhere
around the bridge I thought: what would I say to Priya, if it had been her? I would say, *you
did not have the number, you said you would find it, and you found it by four.* Which is what
happened.

It did not make the feeling go away. It made it the right size.""",
    ),
    (
        13,
        20,
        "Double-booked Ida's recital",
        """\
I trusted my memory instead of the calendar, and agreed to Lund on the very afternoon. Moved
Lund. It took one phone call and one apology, and they were kind about it.

The repair was easy; the wince lasted all day.

If somebody asks for a date, then I open the calendar before I open my mouth.""",
    ),
    (
        10,
        19,
        "",
        """\
Portuguese on the tram. The woman opposite was reading the same book, two chapters ahead. We did not
speak. We both turned a page.""",
    ),
    (
        8,
        22,
        "What I know about four days",
        """\
Money is tighter than I guessed and I sleep better than I guessed. Both of those are true at once.

I asked Henrik for a trial until the summer. I said what I wanted in one sentence and then I stopped
talking, which may be the hardest thing I have done all year. He is going to think about it. So
I get to practise waiting, too.""",
    ),
    (6, 22, "", "No word from Henrik. I looked at my mail eleven times, and at the pear once."),
    (
        5,
        21,
        "The recital",
        """\
She played the whole middle part with her eyes shut. I had put the phone in my bag before we sat
down, and I have no pictures, and I can still see it.""",
    ),
    (
        4,
        23,
        "",
        """\
Still nothing about the four days. In the shower I answered three objections that he has not
made.""",
    ),
    (
        3,
        22,
        "",
        "Tired. Round the block, one page, phone across the room. Small, small, small. Kept.",
    ),
    (
        2,
        22,
        "",
        """\
Henrik stopped at my desk and talked about the weather. I heard a no in it, twice. He was talking
about the weather.""",
    ),
    (
        1,
        21,
        "The quote could wait",
        """\
Priya asked for the quote tonight and I felt the yes come up before she had finished the
sentence. It is a reflex now.

This time there was a little gap between the reflex and my mouth. About as long as a breath. I
said it could wait until Friday, and it could.""",
    ),
)


def tell(story: Story) -> None:
    for days, hour, title, body in ENTRIES:
        entry = Entry.new_for(story.person)
        entry.written_on = story.ago(days)
        entry.written_at = entry.created_at = story.at(entry.written_on, hour, 10)
        entry.title, entry.body = title, unwrapped(body)
        labels.put_on(entry, days)
        entry.save(force_insert=True)
        labels.keep_earlier(entry, days)
    labels.throw_away(story)


def unwrapped(text: str) -> str:
    """Paragraphs on one line each, as people type; lists keep their lines."""
    blocks = text.split("\n\n")
    return "\n\n".join(one if one.startswith("- ") else one.replace("\n", " ") for one in blocks)
