"""Daily checks over twelve weeks: not every day, none while she was ill, and slowly a little more.

Trust goes up and down with the days that the entries tell of. Today is left for whoever looks.
"""

from random import Random

from journal.operation.demo.promises import ILL
from journal.operation.demo.story import DAYS, SEED, Story
from journal.people import clock
from journal.reflections.daily.models import DailyCheck

NONE, CRITIC, BOUNDARY = DailyCheck.Visit.NONE, DailyCheck.Visit.CRITIC, DailyCheck.Visit.BOUNDARY

# Days ago: how far she trusted herself on days that stood out, and what came.
TRUST = {83: 2, 80: 1, 74: 1, 68: 4, 63: 2, 55: 4, 49: 4, 36: 3, 29: 2, 24: 4, 21: 5, 15: 2, 13: 2}
TRUST |= {8: 4, 5: 5, 3: 3, 2: 3, 1: 5}
VISITS = {74: BOUNDARY, 63: CRITIC, 58: CRITIC, 34: BOUNDARY, 29: CRITIC, 21: BOUNDARY}
VISITS |= {15: CRITIC, 13: CRITIC, 2: CRITIC}
STILL_WAITS = 2  # this one she has not looked at yet; the others she let go
CREDITS = {
    82: "Went round the block although I did not feel like it.",
    77: "Sent it without an eleventh reading.",
    71: "Took the pad out of the drawer.",
    68: "Listened to the whole boiler story.",
    65: "Two in a row.",
    60: "Left the phone where it was, the second time.",
    55: "Put something down that was not mine any more.",
    49: "Gave Priya the credit, out loud.",
    44: "Ten lengths.",
    36: "Came back without starting over.",
    34: "Said I had to go, and went.",
    32: "Looked at the number.",
    27: "Let myself cry.",
    24: "Rang the dentist.",
    21: "Said not tonight.",
    19: "Went to bed when I was tired.",
    15: "Found the number by four.",
    13: "Rang them myself.",
    10: "Turned a page.",
    8: "Said it in one sentence and then was quiet.",
    5: "Left the phone in my bag.",
    3: "Small, small, small. Kept.",
    1: "Waited one breath before I answered.",
}


def tell(story: Story) -> None:
    chance, zone = Random(SEED), str(clock.zone_of(story.person))  # noqa: S311 - made-up days
    rows = []
    for days in range(DAYS - 1, 0, -1):
        trust, missed = usual(chance, days), chance.random() < 0.2
        stood_out = days in TRUST or days in VISITS or days in CREDITS
        if days in ILL or (missed and not stood_out):
            continue
        day = story.ago(days)
        row = DailyCheck(owner=story.person, date=day, written_zone=zone)
        row.trust, row.visit = TRUST.get(days, trust), VISITS.get(days, NONE)
        row.credit = CREDITS.get(days, "")
        row.created_at = story.at(day, 21, 30)
        if row.visit != NONE and days != STILL_WAITS:
            row.visit_let_go_at = story.at(story.ago(days - 1), 8)
        rows.append(row)
    DailyCheck.objects.bulk_create(rows)


def usual(chance: Random, days: int) -> int:
    """Between barely and partly in the beginning, between partly and mostly in the end."""
    share = 1 - days / DAYS
    return min(5, max(1, round(chance.gauss(2.3 + 1.4 * share, 0.7))))
