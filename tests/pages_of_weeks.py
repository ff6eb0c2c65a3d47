"""The pages of the weekly reflection; a part of the list in tests/pages.py."""

from tests.page import Page
from tests.reflections.week import page_states as weeks

STEPS = ("promises", "misses", "evidence", "next")
WEEKS = [
    Page("weeks, none yet", "/week/"),
    Page("weeks", weeks.weeks),
    Page("week, empty", weeks.empty),
    Page("week so far", weeks.so_far),
    Page("week, not begun", weeks.not_started),
    Page("week, begun", weeks.a_week()),
    Page("week, finished", weeks.complete),
    Page("week, done", weeks.done),
    Page("week, rested", weeks.rested),
    Page("week, rested and done", lambda ada: f"{weeks.rested(ada)}done/"),
    Page("week, skipped", weeks.skipped),
    Page("week, skipped just now", weeks.not_started, send="/skip/"),
    Page("week, removed just now", weeks.complete, send="/delete/"),
    Page("week, removed", weeks.removed),
    Page("week, closed by itself", weeks.closed),
    Page("week, to print", weeks.printed),
    Page("week, arrive", weeks.first_step),
    Page("week, arrive with a plan", weeks.planned),
    Page("week, arrive in the first week", weeks.first),
    *[Page(f"week, {slug}", weeks.step(slug)) for slug in STEPS],
    Page("week, misses of a hard week", weeks.hard),
    Page("week, evidence with a heavier moment", weeks.heavier),
    Page("week, next refused", weeks.step("next"), send="/next/"),
    Page(
        "week, arrive refused",
        weeks.first_step,
        send="/arrive/",
        fill={"sentence_of_week": "x" * 301},
    ),
    Page(
        "week, two versions",
        weeks.step("arrive"),
        send="/arrive/",
        fill={"version": "0", "sentence_of_week": "Quiet"},
        status=409,
    ),
]
