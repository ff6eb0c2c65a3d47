"""docs/data-protection/ says how long things are kept, and the code keeps them as long."""

import re
from collections import Counter
from datetime import timedelta

from allauth.account import app_settings as accounts
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings

from journal.account_deletion import deletion
from journal.api.forms import LASTS
from journal.calendar_feed import address
from journal.exchange import models as exchange
from journal.mail import models as mail
from journal.offline import receiving
from journal.operation import purge
from journal.people import models as people
from journal.people import rate_limits
from journal.photos import files
from journal.privacy.ownership import OwnedModel
from journal.reflections.entries.models import version
from journal.reminders import models as reminders
from journal.reminders import schedule
from journal.scheduled_exports import models as scheduled
from journal.scheduled_exports import places
from journal.search import models as search
from journal.sharing.models import grants, links, teams
from tests.architecture.sources import ROOT

FOLDER = ROOT / "docs" / "data-protection"
TEMPLATES = ("record", "retention", "notice", "agreement")
MARK = re.compile(r"\[\[[^\[\]\n]+\]\]")
BY_HAND = "until "  # whatever no clock deletes


def longest_count() -> timedelta:
    limits = settings.ACCOUNT_RATE_LIMITS.values()
    return timedelta(seconds=max(rate.duration for limit in limits for rate in parse_rates(limit)))


def figures() -> dict[str, str]:
    return {
        "Things in the bin": said(purge.TRASH_KEPT_FOR),
        "Earlier versions of an entry": said(version.KEPT_FOR),
        "Tags that nothing uses": said(purge.TRASH_KEPT_FOR),
        "A search": said(search.KEPT_FOR),
        "An export": said(exchange.EXPORT_KEPT_FOR),
        "An upload that nobody imported, an export never finished": said(exchange.FILE_KEPT_FOR),
        "What an import found and replaced": said(exchange.UNDONE_WITHIN),
        "Scheduled exports": f"the last {scheduled.KEPT}",
        "Photos and scheduled exports without a row": said(files.YOUNG, places.YOUNG),
        "An email on its way": said(mail.KEPT_FOR),
        "A notification on its way": said(schedule.LATEST),
        "A note of which reminder was sent": said(reminders.KEPT_FOR),
        "Finished tasks of the worker": said(purge.A_DAY),
        "A session, with network address and browser": said(
            timedelta(seconds=settings.SESSION_COOKIE_AGE)
        ),
        "A session at the longest": said(settings.SESSION_LONGEST),
        "A mailed code": said(timedelta(seconds=accounts.LOGIN_BY_CODE_TIMEOUT)),
        "Counts of attempts": said(longest_count()),
        'The cookie "signed in here before"': said(timedelta(seconds=rate_limits.A_YEAR)),
        "An address of a calendar feed": said(address.LASTS),
        "An access token": said(timedelta(days=max(days for days, _label in LASTS))),
        "What waits in a browser for a connection": said(receiving.LONGEST_WAIT),
        "An invitation to sign up works": said(people.Invitation.LIVES),
        "An invitation to coach or be coached works": said(links.CoachInvitation.LIVES),
        "Sharing with a coach": "{}, {} or {} days".format(*grants.DAYS),
        "A coach's row and notes of a former client": said(
            timedelta(days=settings.COACH_NOTES_DAYS)
        ),
        "The same, where a team chose so": "{}, {} or {} days".format(*teams.NOTES_DAYS),
        "An account whose owner asked for its deletion": said(deletion.TO_THINK_IT_OVER),
    }


def said(*lengths: timedelta) -> str:
    """ "30 days"; lengths that one line gives together are equal."""
    (seconds,) = {length.total_seconds() for length in lengths}
    unit, name = next(pair for pair in UNITS if seconds % pair[0] == 0)
    count = int(seconds // unit)
    return f"{count} {name}{'s' if count != 1 else ''}"


UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def table(document: str) -> dict[str, str]:
    lines = (FOLDER / f"{document}.md").read_text().splitlines()
    cells = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in lines if "|" in line
    ]
    return {row[0]: row[1] for row in cells[2:]}


def test_every_period_is_that_of_the_code():
    written = table("retention").items()
    assert {what: kept for what, kept in written if not kept.startswith(BY_HAND)} == figures()


# Rules of the purge beside the one for bins, and the line that speaks of them.
PURGED = {
    "AccessToken": "An access token",
    "Client": "A coach's row and notes of a former client",
    "DBTaskResult": "Finished tasks of the worker",
    "EarlierVersion": "Earlier versions of an entry",
    "Export": "An export",
    "Import": "What an import found and replaced",
    "OutboxMessage": "An email on its way",
    "PushMessage": "A notification on its way",
    "Search": "A search",
    "SentReminder": "A note of which reminder was sent",
    "Session": "A session, with network address and browser",
    "SharedValue": "Counts of attempts",
    "Tag": "Tags that nothing uses",
    "UserSession": "A session, with network address and browser",
}


def test_every_rule_of_the_purge_is_in_the_table():
    rules = Counter(rows.model for rows in purge.outdated())
    own = {m.__name__ for m, n in rules.items() if n > 1 or not issubclass(m, OwnedModel)}
    assert own == set(PURGED), "docs/data-protection/retention.md: a line for each rule."
    assert set(PURGED.values()) <= set(table("retention"))


def test_what_is_to_be_filled_in_is_marked_in_one_way():
    """The list in README.md names each mark, and no template leaves a blank of another kind."""
    texts = {name: (FOLDER / f"{name}.md").read_text() for name in TEMPLATES}
    used = {mark for text in texts.values() for mark in MARK.findall(text)}
    listed = set(re.findall(r"^\| (\[\[.+?\]\]) \|", (FOLDER / "README.md").read_text(), re.M))
    assert used == listed
    blanks = re.compile(r"_{3,}|\.{3,}|…|<[a-z ]+>|\bTODO\b|(?<!\[)\[[^\[\]]+\](?![\](])")
    assert {name: found for name, text in texts.items() if (found := blanks.findall(text))} == {}


def test_every_paper_says_that_it_is_no_legal_advice():
    papers = [path for path in FOLDER.glob("*.md") if path.name != "retention.md"]
    assert [path.name for path in papers if "no legal advice" not in path.read_text()] == []
