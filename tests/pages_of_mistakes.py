"""Mistakes; a part of the list in tests/pages.py."""

from tests.page import Page
from tests.reflections import mistakes_page_states as mistakes

MISTAKES = [
    Page("mistakes, none yet", "/mistakes/"),
    Page("mistakes", mistakes.every_kind),
    Page("mistakes, earlier ones", mistakes.earlier),
    Page("mistake", mistakes.complete),
    Page("mistake, without its lesson", mistakes.without_lesson),
    Page("mistake, at rest", mistakes.at_rest),
    Page("mistake from a promise", mistakes.from_a_promise),
    Page("mistake mended", mistakes.complete, send="/repair/"),
    Page("mistake removed", mistakes.complete, send="/delete/"),
    Page("mistakes, removed", mistakes.removed),
    Page("mistake, what happened", "/mistakes/new/"),
    Page("mistake, what happened refused", "/mistakes/new/", send="/new/"),
    Page("mistake, after a promise", mistakes.after_a_promise),
    *[
        Page(f"mistake, {slug}", mistakes.step(slug))
        for slug in (
            *("feeling", "conditions", "my-part", "not-mine", "repair", "forgive", "lesson"),
            *("apply", "check"),
        )
    ],
    Page(
        "mistake, repair refused",
        mistakes.step("repair"),
        send="/repair/",
        fill={"repair_on": "2020-01-01"},
    ),
    Page("mistake, areas refused", mistakes.step("apply"), send="/apply/"),
    Page(
        "mistake, two versions",
        mistakes.step("event"),
        send="/event/",
        fill={"version": "7", "what_happened": "Something else"},
        status=409,
    ),
    Page("mistake, kept", mistakes.step("check"), send="/check/", fill={"do": "finish"}),
    Page("mistake, put at rest", mistakes.rest),
    Page("mistake, put at rest refused", mistakes.rest, send="/rest/", fill={"version": "x"}),
    Page("entry about mistakes", "/journal/write/?practice=mistakes"),
]
