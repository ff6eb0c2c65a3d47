"""Promises, check-ins and changes of a promise; a part of the list in tests/pages.py."""

from tests.page import Page
from tests.promises import page_states as promises

PROMISES = [
    Page("promises, none yet", "/promises/"),
    Page("promises", promises.every_kind),
    Page("promise, a draft let go", promises.every_kind, send="/draft/", fill={"do": "let-go"}),
    Page("promises, a list alone", promises.lines),
    Page(
        "promises, a line added", "/promises/", send="/promises/", fill={"statement": "Call Gran"}
    ),
    Page("promises, a line refused", "/promises/", send="/promises/"),
    Page("promises, a line let go", promises.lines, send="/line/", fill={"do": "let-go"}),
    Page("promise", promises.complete),
    Page("promise by the week", promises.by_the_week),
    Page("promise, once", promises.once),
    Page("promise, how sure again", lambda ada: promises.complete(ada) + "?unsure"),
    Page("promise paused", promises.paused),
    Page("promise let go", promises.let_go),
    Page("promise removed", promises.complete, send="/delete/"),
    Page("promises removed, none", "/promises/trash/"),
    Page("promises removed", promises.removed),
    Page("promise brought back", promises.removed, send="/restore/"),
    Page("promise, a list", "/promises/new/"),
    Page("promise, a list refused", "/promises/new/", send="/new/", fill={"lines": "x" * 141}),
    Page("promise, which one first", promises.step("list")),
    *[
        Page(f"promise, {slug}", promises.step(slug))
        for slug in ("promise", "why", "rhythm", "smallest", "if-then", "obstacle", "spare-days")
    ],
    Page(
        "promise, rhythm refused",
        promises.step("rhythm"),
        send="/rhythm/",
        fill={"starts_on": "1999-01-01"},
    ),
    Page(
        "promise, two versions",
        promises.step("promise"),
        send="/promise/",
        fill={"version": "7", "statement": "Swim"},
        status=409,
    ),
    Page("promise, check", promises.step("check")),
    Page("promise, something open", promises.not_whole, send="/check/", fill={"do": "finish"}),
    Page(
        "promise, made", promises.step("check"), send="/check/", fill={"do": "finish", "sure": "4"}
    ),
    Page("promise, enough", promises.step("enough")),
    *[
        Page(f"promise, {part} added later", promises.without_parts(part))
        for part in ("smallest", "moment", "obstacle", "days-off")
    ],
    Page("promise, nothing added", promises.without_parts("smallest"), send="/smallest/"),
    Page("check-in", promises.check_in),
    Page("check-in refused", promises.check_in, send="/check-in/", fill={"status": "excused"}),
    Page("check-in too early", promises.check_in, send="/check-in/", fill={"due_on": "2999-01-01"}),
    Page("check-in by the week", lambda ada: promises.by_the_week(ada) + "check-in/"),
    Page("promise, smaller", promises.change("renegotiate")),
    Page(
        "promise, smaller refused", promises.change("renegotiate"), send="/", fill={"statement": ""}
    ),
    Page(
        "promise, smaller in two versions",
        promises.change("renegotiate"),
        send="/renegotiate/",
        fill={"version": "7", "statement": "Swim"},
        status=409,
    ),
    Page("promise, pause", promises.change("pause")),
    Page(
        "promise, pause in two versions",
        promises.change("pause"),
        send="/pause/",
        fill={"version": "7"},
        status=409,
    ),
    Page("promise, let go", promises.change("retire")),
    Page("promise, let go refused", promises.change("retire"), send="/retire/"),
    Page("promise, life happened", promises.change("excuse")),
    Page("promises, life happened", "/promises/excuse/", send="/excuse/"),
    Page("two ways, begun", promises.change("two-ways")),
    Page("two ways refused", promises.change("two-ways"), send="/two-ways/", fill={"way_a": ""}),
    Page("two ways, week by week", promises.compared("same", weeks_ago=3)),
    Page("two ways, a difference", promises.compared("more")),
    Page("two ways, no difference", promises.compared("same")),
    Page("two ways, too little", promises.compared("little")),
    Page("two ways, stopped", promises.compared("same", weeks_ago=3, stopped=True)),
    Page("two ways removed", promises.compared("same", weeks_ago=3, stopped=True), send="/delete/"),
    Page("promise, two ways chosen", promises.compared("more"), send="/go-on/", fill={"do": "a"}),
]
