"""The pages of values, the five practices, lessons, getting started and the self-rating; a part of
the list in tests/pages.py, which says what a line means."""

from django.utils import timezone

from journal.people.models import User
from tests.boundaries import page_states as boundaries
from tests.decisions import page_states as decisions
from tests.lessons import page_states as lessons
from tests.page import Page
from tests.promises import page_states as promises
from tests.reflections import mistakes_page_states as mistakes
from tests.reflections import rating_page_states as ratings
from tests.reflections.compassion import page_states as compassion


def started(ada: User) -> str:
    promises.values(ada)
    return "/welcome/values/"


def example(ada: User) -> str:
    ada.example_since = timezone.now()
    ada.save(update_fields=["example_since"])
    return "/journal/"


PRACTICES = [
    Page("values, none yet", "/settings/values/"),
    Page("values", promises.values),
    Page("values refused", promises.values, send="/values/", fill={"name": "calm"}),
    Page("value", promises.value),
    Page("value, two versions", promises.value, fill={"version": "7"}, send="/", status=409),
    Page("value removed", promises.values, send="/delete/"),
    Page("promises, none yet", "/promises/"),
    Page("promises", promises.every_kind),
    Page("promise, a draft let go", promises.every_kind, send="/draft/", fill={"do": "let-go"}),
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
    Page("promise, if-then refused", promises.step("if-then"), send="/if-then/", fill={"cue": ""}),
    Page(
        "promise, two versions",
        promises.step("if-then"),
        send="/if-then/",
        fill={"version": "7", "cue": "I hang up my coat"},
        status=409,
    ),
    Page("promise, check", promises.step("check")),
    Page("promise, something open", promises.not_whole, send="/check/", fill={"do": "finish"}),
    Page(
        "promise, made", promises.step("check"), send="/check/", fill={"do": "finish", "sure": "4"}
    ),
    Page("promise, enough", promises.step("enough")),
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
    Page("self-compassion, none yet", "/self-compassion/"),
    Page("self-compassion", compassion.every_kind),
    Page("hard moment", compassion.full),
    Page("hard moment, a break", compassion.a_break),
    Page("hard moment, a letter", compassion.a_letter),
    Page("hard moment, sharper", compassion.sharper),
    Page("hard moment, act done", compassion.full, send="/kind-action/"),
    Page("hard moment removed", compassion.full, send="/delete/"),
    Page("hard moments, removed", compassion.removed),
    Page("hard moment, begun", "/self-compassion/new/?mode=full"),
    Page("hard moment, from a promise", compassion.from_a_promise),
    Page("hard moment, refused", "/self-compassion/new/", send="/new/"),
    *[
        Page(f"hard moment, {slug}", compassion.step(slug))
        for slug in (
            *("trigger", "critic", "feeling", "evidence", "friend", "shared", "kinder"),
            *("kind-action", "after", "check", "enough"),
        )
    ],
    Page("hard moment, the letter", compassion.letter_step),
    Page(
        "hard moment, feeling refused",
        compassion.step("feeling"),
        send="/feeling/",
        fill={"feeling": "other", "feeling_other": ""},
    ),
    Page("kind words, hidden", compassion.step("kinder"), send="/kinder/", fill={"do": "no-3"}),
    Page("kind words, used", compassion.step("kinder"), send="/kinder/", fill={"do": "use-3"}),
    Page(
        "hard moment, two versions",
        compassion.step("critic"),
        send="/critic/",
        fill={"version": "7", "critical_thought": "You are slow"},
        status=409,
    ),
    Page(
        "hard moment, grown sharper",
        compassion.step("after"),
        send="/after/",
        fill={"intensity_after": "9"},
    ),
    Page("hard moment, kept", compassion.step("check"), send="/check/", fill={"do": "finish"}),
    Page("hard moment, an answer changed", compassion.answer("kinder")),
    *[
        Page(f"getting started, {slug}", f"/welcome/{slug}/")
        for slug in ("welcome", "values", "picture", "reminders", "begin")
    ],
    Page("getting started, values chosen", started, send="/values/"),
    Page("getting started, values refused", started, send="/values/", fill={"own": "calm" * 11}),
    Page(
        "getting started, reminders refused",
        "/welcome/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": "late"},
    ),
    Page("getting started, picture taken before", ratings.picture("/welcome/picture/")),
    Page("getting started, all told", ratings.picture("/welcome/begin/")),
    Page("getting started, left", "/welcome/values/", send="/values/", fill={"do": "stop"}),
    Page("reminders", "/settings/reminders/"),
    Page(
        "reminders refused",
        "/settings/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": ""},
    ),
    Page("picture", "/rating/"),
    Page("picture refused", "/rating/", send="/rating/"),
    Page("picture, changed today", ratings.picture_of_today),
    Page(
        "picture, two versions",
        ratings.picture_of_today,
        send="/rating/",
        fill={"version": "7", "q1": "5"},
        status=409,
    ),
    Page("pictures", ratings.pictures),
    Page("picture removed", ratings.pictures, send="/delete/"),
    Page("example person", example),
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
    Page("decisions, none yet", "/decisions/"),
    Page("decisions", decisions.every_kind),
    Page("decision, due", decisions.due),
    Page("decision, nothing predicted", decisions.decided),
    Page("decision, unlucky", decisions.unlucky),
    Page("decision, mixed", decisions.mixed),
    Page("decision, review begun", decisions.review_draft),
    Page("decision, dropped", decisions.dropped),
    Page("decision, dropped early", decisions.dropped_as_a_question),
    Page("decision, asked again later", decisions.due, send="/later/"),
    Page("decision removed", decisions.due, send="/delete/"),
    Page("decisions removed", decisions.removed),
    Page("decision, question", "/decisions/new/"),
    Page("decision, question refused", "/decisions/new/", send="/new/"),
    *[
        Page(f"decision, {slug}", decisions.step(slug))
        for slug in (
            *("values", "state", "options", "weigh", "information", "distance", "premortem"),
            *("cool-off", "choice", "prediction", "review-date", "check"),
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
    Page("later thought", decisions.thought),
    Page("later thought refused", decisions.thought, send="/new/"),
]
