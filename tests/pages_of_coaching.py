"""The pages of the coach area, as ada who coaches; a part of the list in tests/pages.py."""

from typing import Any

from tests.coaching import area_page_states as area
from tests.page import Page


def coach(name: str, path: Any, **more: Any) -> Page:
    return Page(f"coach, {name}", path, coach=True, **more)


A_WEEK = {"name": "Saying no", "what1": "prompt", "words1": "Whose yes was it?"}
PROMISE = {"what": "promise", "promise": "Pause before one yes", "note": "If you like."}
SOMEONE = {"email": "a@example.org", "from_name": "A"}
OTHER = {"version": "0", "text": "Write to Dad"}
SESSION = "/coach/sessions/"
AREA = [
    Page("coach, a second step first", lambda ada: area.nobody(ada)),
    coach("nobody yet", area.nobody),
    coach("roster", area.roster),
    coach("invited", area.roster, send="/coach/", fill=SOMEONE, status=201),
    coach("invitation declined", area.declined),
    coach("invitation refused", area.nobody, send="/coach/", fill={"email": "nobody"}),
    coach("invitation taken back", area.roster, send="/take-back/"),
    coach("client", area.full()),
    coach("client who shares nothing", area.bare()),
    coach("client, ended", area.ended),
    coach("dates refused", area.full(), send="/sessions/", fill={"last_session_on": "2999-01-01"}),
    coach("note refused", area.full(), send="/notes/", fill={"body": ""}),
    coach("note removed", area.full(), send="/delete/"),
    coach("session", area.planned),
    coach("session held", area.held),
    coach("session refused", area.planned, send=SESSION, fill={"a1-sign": "So", "do": "send"}),
    coach("session with a template", area.planned, send=SESSION, fill={"template": "topic"}),
    coach(
        "session, two texts", area.planned, send=SESSION, fill={**OTHER, "body": "x"}, status=409
    ),
    coach("session note refused", area.planned, send="/notes/", fill={"body": ""}),
    coach("agreement", area.proposal),
    coach("agreement refused", area.proposal, send="/", fill={"text": ""}),
    coach("agreement, two versions", area.proposal, send="/", fill=OTHER, status=409),
    coach("brief", area.full("brief/")),
    coach("brief with nothing", area.bare("brief/")),
    coach("note", area.note),
    coach(
        "note, two versions",
        area.note,
        send="/coach/notes/",
        fill={"version": "0", "body": "x"},
        status=409,
    ),
    *[
        coach(kind, area.an_item(kind))
        for kind in ("promise", "boundary", "crossing", "self_compassion", "decision")
    ],
    *[coach(kind, area.an_item(kind)) for kind in ("mistake", "lesson", "entry")],
    coach("commented", area.an_item("entry"), send="/", fill={"body": "I read it twice."}),
    coach("comment refused", area.an_item("entry"), send="/", fill={"body": ""}),
    coach("comments muted", area.muted),
    coach("client with comments", area.talk),
    coach("list", area.listed("promise")),
    coach("list, empty", lambda ada: f"{area.nobody(ada)}shared/entry/"),
    coach("search", area.found),
    coach("search, found", area.found, send="/search/", fill={"q": "meeting"}),
    coach("search, going on", area.many, send="/search/", fill={"q": "meeting"}),
    coach("search, nothing", area.found, send="/search/", fill={"q": "zeppelin"}),
    coach("search refused", area.found, send="/search/", fill={"q": ""}),
    coach("team", area.team),
    coach("team of another", area.team_of_another),
    coach("team, invited", area.team, send="/coach/team/", fill=SOMEONE, status=201),
    coach("team settings", area.team_settings),
    coach("team settings refused", area.team_settings, send="/settings/", fill={"name": ""}),
    coach("ask a coach", area.ask_coach),
    coach("ask a coach, refused", area.ask_coach, send="/ask/", fill={}),
    coach("another coach", area.another_coach),
    coach("another coach, refused", area.another_coach, send="/another-coach/"),
    coach("another coach, suggested", area.suggested_another),
    coach("suggest to whom", area.choose),
    coach("suggest to nobody", lambda ada: f"{area.nobody(ada)}suggest/"),
    coach("suggest", area.bare("suggest/")),
    coach("suggested", area.bare("suggest/"), send="/suggest/", fill=PROMISE),
    coach("suggestion refused", area.bare("suggest/"), send="/suggest/", fill={"what": "promise"}),
    coach("programs", area.program()),
    coach("programs, none", lambda ada: f"{area.nobody(ada)}programs/"),
    coach("program, new", lambda ada: f"{area.nobody(ada)}programs/new/?from=limits"),
    coach("program, saved", area.program("/"), send="/coach/programs/", fill=A_WEEK),
    coach("program refused", area.program("/"), send="/coach/programs/", fill={"name": ""}),
    coach(
        "program, two versions",
        area.program("/"),
        send="/coach/programs/",
        fill=A_WEEK | {"version": "0"},
        status=409,
    ),
    coach("program offered", area.program("/offer/")),
    coach("program to nobody", area.program("/offer/"), send="/offer/"),
    coach("client with a program", area.with_program),
    coach("library", area.library),
    coach("library refused", area.library, send="/library/", fill={"text": ""}),
    coach("template refused", area.library, send="/coach/templates/", fill={"name": ""}),
    coach("template", area.template),
    coach("prompt", area.prompt),
    coach(
        "prompt, two versions",
        area.prompt,
        send="/",
        fill={"version": "0", "text": "x"},
        status=409,
    ),
]
