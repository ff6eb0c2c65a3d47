"""Decisions, their reviews and later thoughts; a part of the list in tests/pages.py."""

from tests.decisions import page_states as decisions
from tests.page import Page

DECISIONS = [
    Page("decisions, none yet", "/decisions/"),
    Page("decisions", decisions.every_kind),
    Page("decision, due", decisions.due),
    Page("decision, nothing predicted", decisions.decided),
    Page("decision, unlucky", decisions.unlucky),
    Page("decision, mixed", decisions.mixed),
    Page("decision, review begun", decisions.review_draft),
    Page("decision, review corrected", decisions.corrected),
    Page("decision, dropped", decisions.dropped),
    Page("decision, dropped early", decisions.dropped_as_a_question),
    Page("decision, asked again later", decisions.later),
    Page(
        "decision, asked again, refused",
        decisions.later,
        send="/later/",
        fill={"ask_on": "2020-01-01"},
    ),
    Page("decision removed", decisions.due, send="/delete/"),
    Page("decisions removed", decisions.removed),
    Page("decision, question", "/decisions/new/"),
    Page("decision, question refused", "/decisions/new/", send="/new/"),
    *[
        Page(f"decision, {slug}", decisions.step(slug))
        for slug in (
            *("values", "state", "options", "weigh", "information", "distance", "premortem"),
            *("cool-off", "ready", "choice", "prediction", "review-date", "check"),
        )
    ],
    Page(
        "decision, one option only",
        decisions.step("options"),
        send="/options/",
        fill={"name-1": "", "name-2": ""},
    ),
    Page(
        "decision, one more option", decisions.step("options"), send="/options/", fill={"do": "add"}
    ),
    Page(
        "decision, options in two versions",
        decisions.step("options"),
        send="/options/",
        fill={"version": "7", "name-2": "Write"},
        status=409,
    ),
    Page("decision, while waiting", decisions.waiting_choice),
    Page("decision, ready, much left open", decisions.barely_ready),
    Page("decision, ready, still waiting", decisions.waiting_ready),
    Page("decision, ready, slept on", decisions.slept_on),
    Page("decision, feeling stronger", decisions.stronger),
    Page(
        "decision, certain",
        decisions.step("prediction"),
        send="/prediction/",
        fill={"confidence": "100"},
    ),
    Page(
        "decision, wait refused",
        decisions.step("cool-off"),
        send="/cool-off/",
        fill={"cooling_off_until": "2020-01-01T10:00"},
    ),
    Page("decision, made", decisions.step("check"), send="/check/", fill={"do": "finish"}),
    *[
        Page(f"review, {slug}", decisions.review(slug))
        for slug in ("process", "prediction", "outcome", "lesson", "check")
    ],
    Page("review, process refused", decisions.review("process"), send="/process/"),
    Page("forecasts, none yet", "/decisions/forecasts/"),
    Page("forecasts", decisions.forecasts),
    Page("forecasts, one removed", decisions.forecasts_removed),
    Page("forecast, open", decisions.forecast),
    Page("forecast, to be changed", decisions.forecast_changed),
    Page("forecast, due", decisions.forecast_due),
    Page("forecast, asked again later", decisions.forecast_later),
    Page("forecast, answered", decisions.forecast_due, send="/answer/", fill={"result": "yes"}),
    Page("forecast, new", "/decisions/forecasts/new/"),
    Page("forecast refused", "/decisions/forecasts/new/", send="/new/"),
    Page("later thought", decisions.thought),
    Page("later thought refused", decisions.thought, send="/new/"),
]
