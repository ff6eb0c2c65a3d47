"""Lessons, their uses, and promises that come from them; a part of the list in tests/pages.py."""

from tests.lessons import page_states as lessons
from tests.page import Page

LESSONS = [
    Page("lessons, none yet", "/lessons/"),
    Page("lessons", lessons.every_kind),
    Page("lessons of one area", lambda ada: lessons.every_kind(ada) + "?area=family"),
    Page(
        "todays lesson, answered", lessons.every_kind, send="/return/", fill={"answer": "came_up"}
    ),
    Page("lesson, new", "/lessons/new/"),
    Page("lesson, from a starter", "/lessons/new/?start=4"),
    Page("lesson refused", "/lessons/new/", send="/new/", fill={"if_situation": "x" * 141}),
    Page("lesson", lessons.used),
    Page("lesson let go", lessons.used, send="/retire/"),
    Page("lesson removed", lessons.used, send="/delete/"),
    Page("lesson, change", lambda ada: lessons.used(ada) + "edit/"),
    Page(
        "lesson, two versions",
        lambda ada: lessons.used(ada) + "edit/",
        send="/edit/",
        fill={"version": "7", "then_action": "wait"},
        status=409,
    ),
    Page("lesson, turned up", lambda ada: lessons.used(ada) + "used/"),
    Page(
        "lesson, turned up refused",
        lambda ada: lessons.used(ada) + "used/",
        send="/used/",
        fill={"used_on": "2999-01-01"},
    ),
    Page("use of a lesson", lessons.one_use),
    Page(
        "use in two versions",
        lessons.one_use,
        send="/",
        fill={"version": "7", "result": "partly"},
        status=409,
    ),
    Page("use removed", lessons.one_use, send="/delete/"),
    Page("promise from a lesson", lessons.promise),
    Page("promise with threads", lessons.kept_promise),
    Page("lesson to rewrite", lessons.never_helped),
    Page("lesson kept as it is", lessons.never_helped, send="/keep/"),
    Page("promise with a lesson used", lessons.beside_promise("")),
    Page("use of a lesson answered", lessons.beside_promise(""), send="/answer/"),
    Page("promise, smaller beside a lesson", lessons.beside_promise("renegotiate/")),
    Page("promise, why beside a lesson", lessons.beside_draft),
    Page("boundary beside lessons", lessons.beside_boundary("step/my-action/")),
    Page("boundary with a lesson that came up", lessons.beside_boundary("")),
    Page("crossing beside lessons", lessons.beside_boundary("crossings/new/")),
    Page("crossing with a lesson", lessons.beside_boundary("crossings/{crossing}/")),
]
