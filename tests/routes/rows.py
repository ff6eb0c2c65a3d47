"""A row of ada's for each kind of address; tests/routes/table.py says what they answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.reflections.entries.prompts.models import Prompt
from tests.boundaries.factories import make_full_boundary
from tests.coaching import page_states as sharing
from tests.coaching import team_page_states as team_states
from tests.coaching.program_page_states import offered
from tests.coaching.team_factories import make_team
from tests.decisions.factories import make_forecast
from tests.decisions.page_states import make_full_decision
from tests.exchange.page_states import looked_through, make_export, make_import
from tests.factories import make_entry, make_person, tag_of
from tests.lessons.factories import make_lesson, make_use
from tests.people.factories import make_passkey, make_value
from tests.photos.factories import make_photo
from tests.promises.factories import make_draft, make_promise
from tests.push.push_service import Device
from tests.reflections.compassion.factories import make_full_moment as make_full_moment
from tests.reflections.factories import (
    make_changed_entry,
    make_own_prompt,
    make_own_template,
)
from tests.reflections.mistakes_factories import make_full_mistake
from tests.reflections.rating_factories import make_rating
from tests.reflections.rumination.factories import keep_writing, set_aside
from tests.reflections.week.factories import make_reflection
from tests.scheduled_exports.page_states import make_scheduled_export
from tests.search.factories import make_search
from tests.support.factories import make_resource
from tests.today.factories import make_daily_check

CANARY = "zanzibarquokka"  # in every word of ada's that the rows below hold


def make_used_lesson(ada: User) -> Any:
    """The addresses of its use hold the same id."""
    lesson = make_lesson(ada, f"I hear the {CANARY}", f"feed the {CANARY}")
    make_use(lesson, id=lesson.pk, note=f"The {CANARY} ate")
    return lesson


def make_started_week(ada: User) -> Any:
    """`.promise` is one by the week."""
    promise = make_promise(ada, CANARY, cadence="times_per_week", times_per_week=2)
    row = make_reflection(ada, sentence_of_week=f"The {CANARY} was loud")
    row.promise = promise
    return row


# The longest beginning of an address -> how to make the row of ada's that its <uuid:pk> names.
ROWS: dict[str, Callable[[User], Any]] = {
    "journal": lambda ada: make_changed_entry(
        ada, f"The {CANARY} sang", f"The {CANARY} slept", title=f"On the {CANARY}", tagged=[CANARY]
    ),
    "photos": lambda ada: make_photo(make_entry(ada), description=f"The {CANARY}"),
    "journal/templates": lambda ada: make_own_template(ada, f"The {CANARY}"),
    "journal/prompts": lambda ada: make_own_prompt(ada, f"How is the {CANARY}?"),
    "journal/returning/tag": lambda ada: keep_writing(ada, CANARY, 5, 5, 5),
    "journal/returning/topic": lambda ada: keep_writing(ada, CANARY, 5, 5, 5),
    "journal/tags": lambda ada: tag_of(make_entry(ada, tagged=[CANARY])),
    "journal/returning/mistake": lambda ada: make_full_mistake(ada, CANARY),
    "journal/returning/answers": lambda ada: set_aside(
        ada, keep_writing(ada, CANARY, 5), back_in=0
    ),
    "welcome": lambda ada: make_draft(ada, f"Feed the {CANARY}", step="rhythm"),
    "promises": lambda ada: make_promise(
        ada,
        f"Feed the {CANARY}",
        why=f"The {CANARY} is hungry",
        smallest_version=f"Look at the {CANARY}",
        cue=f"I hear the {CANARY}",
        action=f"open the {CANARY}'s box",
        obstacle=f"No {CANARY}",
        coping_response=f"Call the {CANARY}",
    ),
    "decisions/forecasts": lambda ada: make_forecast(ada, CANARY),
    "decisions": lambda ada: make_full_decision(ada, CANARY),
    "today": lambda ada: make_daily_check(ada, visit="critic", credit=f"Fed the {CANARY}"),
    "boundaries": lambda ada: make_full_boundary(ada, CANARY),
    "self-compassion": lambda ada: make_full_moment(ada, CANARY),
    "mistakes": lambda ada: make_full_mistake(ada, CANARY),
    "week": make_started_week,
    "rating": lambda ada: make_rating(ada, clock.today(ada) - timedelta(days=40)),
    "admin/support/supportresource": lambda ada: make_resource(),
    "admin/sharing/team": lambda ada: make_team(make_person("someone@example.org")),
    "admin/people/user": lambda ada: make_person("someone@example.org"),
    "admin/entries/prompt": lambda ada: Prompt.objects.first(),
    "accounts/2fa/webauthn/keys": lambda ada: make_passkey(ada, CANARY),
    "lessons": make_used_lesson,
    "settings/export": make_export,
    "settings/export/scheduled": make_scheduled_export,
    "settings/import": lambda ada: make_import(ada, f"{CANARY}.zip", **looked_through()),
    "search": lambda ada: make_search(ada, CANARY),
    "settings/reminders/promise": lambda ada: make_promise(ada, f"Feed the {CANARY}"),
    "sharing/invitations": lambda ada: sharing.invited(ada, CANARY),
    "sharing/grants": lambda ada: sharing.linked(ada, CANARY),
    "sharing/shares": lambda ada: sharing.shared(ada, CANARY),
    "sharing/comments": lambda ada: sharing.commented(ada, CANARY),
    "sharing/suggestions": lambda ada: sharing.suggested(ada, CANARY),
    "sharing/agreements": lambda ada: sharing.agreed(ada, CANARY),
    "sharing/programs": lambda ada: offered(ada, CANARY),
    "sharing/handovers": lambda ada: team_states.handed_over(ada, CANARY),
    "sharing/items": lambda ada: sharing.entry_with_a_coach(ada, CANARY),
    "settings/reminders/devices": Device("fcm.googleapis.com", "phone").store,
    "settings": lambda ada: make_value(ada, CANARY, meaning=f"Being like a {CANARY}"),
}
