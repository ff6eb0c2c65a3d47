"""Boundaries with what was told and crossed; a part of the list in tests/pages.py."""

from tests.boundaries import page_states as boundaries
from tests.page import Page

BOUNDARIES = [
    Page("boundaries, none yet", "/boundaries/"),
    Page("boundaries", boundaries.every_kind),
    Page("boundary", boundaries.complete),
    Page("boundary, not said yet", boundaries.ready),
    Page("boundary, private", boundaries.private),
    Page("boundary, looked at again", boundaries.under_review),
    Page("boundary, let go", boundaries.let_go),
    Page("boundary removed", boundaries.complete, send="/delete/"),
    Page("boundaries, removed", boundaries.removed),
    Page("boundary, the area", "/boundaries/new/"),
    Page("boundary, the area refused", "/boundaries/new/", send="/new/"),
    *[
        Page(f"boundary, {slug}", boundaries.step(slug))
        for slug in (
            *("limit", "why", "my-action", "safety", "facts", "impact", "ask", "benefit"),
            *("if-pushed", "tell", "check"),
        )
    ],
    Page("boundary, safety refused", boundaries.step("safety"), send="/safety/"),
    Page(
        "boundary, kept private", boundaries.step("safety"), send="/safety/", fill={"risk": "yes"}
    ),
    Page(
        "boundary, words asked about",
        boundaries.step("facts"),
        send="/facts/",
        fill={"situation": "extra-work", "do": "start"},
    ),
    Page("boundary, day refused", boundaries.step("tell"), send="/tell/", fill=boundaries.LONG_AGO),
    Page(
        "boundary, two versions",
        boundaries.step("limit"),
        send="/limit/",
        fill={"version": "7", "limit": "No calls after eight"},
        status=409,
    ),
    Page("boundary, made", boundaries.step("check"), send="/check/", fill={"do": "finish"}),
    Page("boundary, an answer changed", boundaries.answer("limit")),
    Page("telling", boundaries.part("tell/")),
    Page(
        "telling refused", boundaries.part("tell/"), send="/tell/", fill={"told_on": "2999-01-01"}
    ),
    Page("telling, changed", boundaries.telling),
    Page("rehearsal, begun", boundaries.part("rehearse/")),
    Page("rehearsal without a line", boundaries.without_a_line),
    Page("rehearsal", boundaries.rehearsal),
    Page("rehearsal refused", boundaries.rehearsal, send="/", fill={"reply": "x" * 301}),
    Page("rehearsal, over", boundaries.rehearsed),
    Page("crossing", boundaries.part("crossings/new/")),
    Page("crossing refused", boundaries.part("crossings/new/"), send="/new/"),
    Page("crossing, changed", boundaries.crossing("")),
    Page("crossing, next step done", boundaries.complete, send="/follow-up/"),
    Page("script, renewed", boundaries.crossing("script/")),
    Page(
        "script, in two versions",
        boundaries.crossing("script/"),
        send="/script/",
        fill={"version": "1", "ask": "Please write"},
        status=409,
    ),
    Page("boundary, review", boundaries.part("review/")),
    Page("boundary, let it go", boundaries.part("retire/")),
]
