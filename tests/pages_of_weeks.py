"""The pages of the weekly reflection; a part of the list in tests/pages.py."""

from tests.page import Page
from tests.reflections.week import page_states as weeks

# The others look as "critic" does.
STEPS = ("promises", "misses", "critic", "next")
WEEKS = [
    Page("weeks, none yet", "/week/"),
    Page("weeks", weeks.weeks),
    Page("week, empty", weeks.empty),
    Page("week so far", weeks.so_far),
    Page("week, not begun", weeks.not_started),
    Page("week, begun", weeks.a_week()),
    Page("week, told", weeks.complete),
    Page("week, rested", weeks.a_week(next_choice="rest")),
    Page("week, skipped", weeks.skipped),
    Page("week, skipped just now", weeks.not_started, send="/skip/"),
    Page("week, removed just now", weeks.complete, send="/delete/"),
    Page("week, removed", weeks.removed),
    Page("week, closed by itself", weeks.closed),
    Page("week, to print", weeks.printed),
    Page("week, arrive", weeks.first_step),
    *[Page(f"week, {slug}", weeks.step(slug)) for slug in STEPS],
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
    Page("week, check", weeks.ready),
]
