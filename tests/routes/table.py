"""What every address answers to whom. A new address needs a line here, or the suite fails.

    "/promises/":                    private(get=200),
    "/promises/<uuid:pk>/":          private(get=200),
    "/promises/<uuid:pk>/retire/":   private(post=302),
    "/promises/<uuid:pk>/step/<slug:slug>/": private(get=200, post=200, slug="rhythm"),

A method that is not named is answered with 405. HEAD answers like GET. The POST is sent empty:
say what an empty form gets (200 with its errors, or 302 where there is nothing to fill in).

What stands in the address belongs to ada. `<uuid:pk>` comes from ROWS (rows.py), by how the
address begins; other places are given on the line, as `slug` above, or as a function of that row.
`private` then means: eve gets 404 where the address holds an id, otherwise the same as ada; who
is not signed in is sent to sign in. Where that is not so, say it for that actor:
`private(get=200, eve={"GET": 404})`. A page for something new answers 302, with its id in the
address (journal/guide/new_row.py).
"""

from datetime import date
from typing import Any

from django.conf import settings

from tests.boundaries.factories import crossing_of, rehearsal_of, telling_of
from tests.coaching.page_states import link_of
from tests.decisions.page_states import addendum_of, lesson_of
from tests.lessons.factories import make_related_lesson
from tests.promises.factories import line_of
from tests.routes.accounts import ACCOUNTS
from tests.routes.api import API
from tests.routes.coach_area import COACH_AREA
from tests.routes.exchange import EXCHANGE
from tests.routes.expected import (
    RouteLine,
    operators,
    private,
    public,
)
from tests.routes.experiments import EXPERIMENTS
from tests.routes.journal import JOURNAL
from tests.routes.lessons import LESSONS

WEEK: dict[str, Any] = {"start": lambda week: week.week_start}

TABLE: dict[str, RouteLine] = {
    "/": public(get=200, signed_in={"GET": 302}),
    "/language/": public(post=303),
    "/healthz": public(get=200),
    "/readyz": public(get=200),
    "/support/": public(get=200),
    **dict.fromkeys(settings.OFFLINE_PATHS, public(get=200)),
    "/offline/outbox/": private(get=200, post=422),
    **dict.fromkeys(settings.EXAMPLE_PATHS, public(get=404)),  # until they are rendered
    "/help/": private(get=200),
    "/help/keyboard/": private(get=200, post=302),
    "/help/<slug:slug>/": private(get=200, slug="promises"),
    "/today/": private(get=200),
    "/today/check/": private(post=302),  # nothing was told, so nothing is stored
    "/today/back/": private(post=302),  # nobody was away
    "/today/prompt/": private(post=302),
    "/today/visits/<uuid:pk>/let-go/": private(post=302),
    "/today/offers/<slug:kind>/": private(get=200, kind="values"),
    "/today/offers/<slug:kind>/decline/": private(post=302, kind="values"),
    "/practices/": private(get=200),
    "/settings/": private(get=200, post=400),
    "/settings/zone/": private(post=302),
    "/settings/reminders/": private(get=200, post=200),
    "/settings/reminders/email/": private(get=200),
    "/settings/reminders/promise/<uuid:pk>/": private(get=200, post=302),
    "/settings/reminders/pause/": private(post=302),
    "/settings/reminders/test/": private(post=404),  # there is no mail here
    "/settings/calendar/": private(get=200, post=302),
    "/settings/calendar/change/": private(post=302),
    "/settings/calendar/end/": private(post=302),
    **API,
    "/t/feed/<str:token>.ics": public(get=404, token="none"),
    "/settings/reminders/devices/": private(post=302),  # says what is missing
    "/settings/reminders/devices/renew/": private(get=404, post=404),  # no device in the session
    "/settings/reminders/devices/<uuid:pk>/remove/": private(post=302),
    "/settings/reminders/devices/<uuid:pk>/test/": private(post=302),
    "/t/kept/<str:token>/": public(get=404, post=404, token="none"),
    "/t/unsubscribe/<str:token>/": public(get=404, post=404, token="none"),
    "/rating/": private(get=200, post=200),
    "/rating/<uuid:pk>/delete/": private(post=302),
    "/rating/<uuid:pk>/restore/": private(post=404),  # it is not in the trash
    "/week/": private(get=200),
    **JOURNAL,
    "/week/<day:start>/": private(get=200, **WEEK),
    "/week/<day:start>/print/": private(get=200, **WEEK),
    "/week/<day:start>/done/": private(get=302, eve={"GET": 404}, **WEEK),  # it is not finished
    "/week/<day:start>/end-rest/": private(post=302, eve={"POST": 404}, **WEEK),
    "/week/<day:start>/step/<slug:slug>/": private(
        get=200, post=200, eve={"GET": 302, "POST": 302}, slug="next", **WEEK
    ),
    "/week/<day:start>/tell/<uuid:promise>/": private(
        post=200, promise=lambda week: week.promise.pk, **WEEK
    ),
    "/week/<day:start>/skip/": private(post=302, **WEEK),
    "/week/<day:start>/take-up/": private(post=302, **WEEK),
    "/week/<day:start>/delete/": private(post=302, eve={"POST": 404}, **WEEK),
    "/week/<day:start>/restore/": private(post=404, **WEEK),  # it is not in the trash
    "/welcome/": private(get=302, post=200),
    "/welcome/<uuid:pk>/": private(get=200, post=200),
    "/welcome/<slug:slug>/": private(get=302, slug="values"),
    "/<slug:name>.webmanifest": public(get=200, name="notes"),
    "/settings/install/": private(get=200, post=200),
    "/settings/suggestions/off/": private(post=302),
    "/settings/suggestions/on/": private(post=302),
    "/search/": private(get=200, post=200),
    "/search/<uuid:pk>/": private(get=200),
    "/sharing/": private(get=200),
    "/sharing/invite/": private(get=302, post=302),  # asks for the password again
    # A link that there is not; whoever is signed out is led to sign in, whatever it is.
    "/sharing/invitation/<str:token>/": public(
        get=200, post=200, signed_in={"GET": 404, "POST": 404}, token="no-such-link"
    ),
    "/sharing/invitations/<uuid:pk>/withdraw/": private(post=302),
    "/sharing/grants/": private(get=302),
    "/sharing/grants/<uuid:pk>/": private(get=200),
    "/sharing/grants/<uuid:pk>/preview/": private(get=200, post=302),
    # Asked again before anyone looks whose it is.
    "/sharing/grants/<uuid:pk>/brief/": private(get=302, post=302, eve={"GET": 404, "POST": 302}),
    "/sharing/grants/<uuid:pk>/comments/": private(post=302),
    "/sharing/grants/<uuid:pk>/address/": private(post=302),
    "/sharing/grants/<uuid:pk>/zone/": private(post=302),
    "/sharing/grants/<uuid:pk>/end/": private(post=302),
    "/sharing/grants/<uuid:pk>/receipt/": private(get=200),
    "/sharing/shares/<uuid:pk>/take-back/": private(post=302),
    "/sharing/comments/<uuid:pk>/remove/": private(post=302),
    "/sharing/comments/<uuid:pk>/restore/": private(post=404),  # it is not removed
    "/sharing/suggestions/<uuid:pk>/": private(get=200, post=200),
    "/sharing/grants/<uuid:pk>/agreements/": private(get=200),
    "/sharing/agreements/<uuid:pk>/": private(get=200, post=200),
    "/sharing/programs/<uuid:pk>/": private(get=200, post=200),
    "/sharing/handovers/<uuid:pk>/": private(get=200, post=302),  # asks for the password
    "/sharing/items/<slug:kind>/<uuid:pk>/bring/<uuid:link>/": private(
        get=302,
        post=302,
        kind="entry",
        link=link_of,  # asks for the password again
    ),
    "/sharing/items/<slug:kind>/<uuid:pk>/comments/<uuid:link>/": private(
        get=200, post=200, kind="entry", link=link_of
    ),
    "/sharing/items/<slug:kind>/<uuid:pk>/keep-out/": private(post=302, kind="entry"),
    "/sharing/log/": private(get=200),
    "/sharing/stop/": private(post=302),
    **EXCHANGE,
    "/insights/": private(get=200),
    "/insights/figures.csv": private(get=200),
    "/insights/grown/": private(get=200),
    "/insights/how-sure/": private(get=200),
    "/settings/values/": private(get=200, post=200),
    "/settings/values/<uuid:pk>/": private(get=200, post=200),
    "/settings/values/<uuid:pk>/place/": private(post=302),
    "/settings/values/<uuid:pk>/delete/": private(post=302),
    "/settings/values/<uuid:pk>/restore/": private(post=404),  # it is not in the trash
    "/promises/": private(get=200, post=200),
    "/promises/<uuid:pk>/line/": private(post=302, pk=line_of),
    "/promises/new/": private(get=302, post=302),  # an empty list is left out
    "/promises/excuse/": private(get=200, post=200),
    "/promises/<uuid:pk>/": private(get=200),
    # The row is no draft: its steps lead to its page, and there is nothing to keep or let go.
    "/promises/<uuid:pk>/step/<slug:slug>/": private(get=302, post=302, slug="rhythm"),
    "/promises/<uuid:pk>/draft/": private(post=404),
    "/promises/trash/": private(get=200),
    "/promises/<uuid:pk>/delete/": private(post=302),
    "/promises/<uuid:pk>/restore/": private(post=302),
    "/promises/<uuid:pk>/check-in/": private(get=200, post=200),
    "/promises/<uuid:pk>/week/": private(post=302),
    "/promises/<uuid:pk>/week/<day:start>/undo/": private(
        post=302, start=lambda promise: date(2026, 11, 16)
    ),
    "/promises/<uuid:pk>/renegotiate/": private(get=200, post=200),
    "/promises/<uuid:pk>/pause/": private(get=200, post=200),
    "/promises/<uuid:pk>/resume/": private(post=302),
    "/promises/<uuid:pk>/retire/": private(get=200, post=200),
    "/promises/<uuid:pk>/renew/": private(post=302),
    "/promises/<uuid:pk>/keep/": private(post=302),
    "/promises/<uuid:pk>/add/<slug:part>/": private(get=200, post=200, part="smallest"),
    "/promises/<uuid:pk>/add/<slug:part>/decline/": private(post=302, part="smallest"),
    "/promises/<uuid:pk>/excuse/": private(get=200, post=200),
    **EXPERIMENTS,
    "/promises/<uuid:pk>/lessons/<uuid:lesson>/use/": private(
        get=302, post=302, lesson=make_related_lesson
    ),
    "/mistakes/": private(get=200),
    "/mistakes/new/": private(get=302, post=200),
    "/mistakes/<uuid:pk>/": private(get=200),
    # Answers of a finished mistake can be changed, so its steps stay open.
    "/mistakes/<uuid:pk>/step/<slug:slug>/": private(get=200, post=200, slug="event"),
    "/mistakes/<uuid:pk>/draft/": private(post=404),
    "/mistakes/trash/": private(get=200),
    "/mistakes/<uuid:pk>/delete/": private(post=302),
    "/mistakes/<uuid:pk>/restore/": private(post=302),
    "/mistakes/<uuid:pk>/repair/": private(post=302),
    "/mistakes/<uuid:pk>/repair/undo/": private(post=302),
    "/mistakes/<uuid:pk>/rest/": private(get=200, post=200),
    "/mistakes/<uuid:pk>/rest/undo/": private(post=302),
    "/boundaries/": private(get=200),
    "/boundaries/new/": private(get=302, post=200),
    "/boundaries/<uuid:pk>/": private(get=200),
    # Answers of a finished boundary can be changed, so its steps stay open.
    "/boundaries/<uuid:pk>/step/<slug:slug>/": private(get=200, post=200, slug="limit"),
    "/boundaries/<uuid:pk>/draft/": private(post=404),
    "/boundaries/trash/": private(get=200),
    "/boundaries/<uuid:pk>/restore/": private(post=302),
    "/boundaries/<uuid:pk>/review/": private(get=200, post=200),
    "/boundaries/<uuid:pk>/retire/": private(get=200, post=200),
    "/boundaries/<uuid:pk>/take-up/": private(post=302),
    "/boundaries/<uuid:pk>/delete/": private(post=302),
    "/boundaries/<uuid:pk>/tell/": private(get=302, post=200),
    "/boundaries/areas/<slug:area>/": private(post=302, area="work"),
    "/boundaries/<uuid:pk>/rehearse/": private(get=302, post=200),
    "/boundaries/<uuid:pk>/rehearsals/<uuid:rehearsal>/": private(
        get=200, post=200, rehearsal=rehearsal_of
    ),
    "/boundaries/<uuid:pk>/rehearsals/<uuid:rehearsal>/delete/": private(
        post=302, rehearsal=rehearsal_of
    ),
    "/boundaries/<uuid:pk>/rehearsals/<uuid:rehearsal>/restore/": private(
        post=404, rehearsal=rehearsal_of
    ),
    "/boundaries/<uuid:pk>/tellings/<uuid:telling>/": private(
        get=200, post=200, telling=telling_of
    ),
    "/boundaries/<uuid:pk>/tellings/<uuid:telling>/delete/": private(post=302, telling=telling_of),
    "/boundaries/<uuid:pk>/tellings/<uuid:telling>/restore/": private(post=404, telling=telling_of),
    "/boundaries/<uuid:pk>/lessons/<uuid:lesson>/use/": private(
        get=302, post=302, lesson=make_related_lesson
    ),
    "/boundaries/<uuid:pk>/crossings/new/": private(get=302, post=200),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/": private(
        get=200, post=200, crossing=crossing_of
    ),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/delete/": private(
        post=302, crossing=crossing_of
    ),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/restore/": private(
        post=404, crossing=crossing_of
    ),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/follow-up/": private(
        post=302, crossing=crossing_of
    ),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/follow-up/undo/": private(
        post=302, crossing=crossing_of
    ),
    "/boundaries/<uuid:pk>/crossings/<uuid:crossing>/script/": private(
        get=200, post=200, crossing=crossing_of
    ),
    "/decisions/": private(get=200),
    "/decisions/new/": private(get=302, post=200),
    "/decisions/<uuid:pk>/": private(get=200),
    # What is decided has no steps any more: they lead to its page.
    "/decisions/<uuid:pk>/step/<slug:slug>/": private(get=302, post=302, slug="choice"),
    "/decisions/<uuid:pk>/draft/": private(post=404),
    "/decisions/trash/": private(get=200),
    "/decisions/<uuid:pk>/delete/": private(post=302),
    "/decisions/<uuid:pk>/restore/": private(post=302),
    "/decisions/<uuid:pk>/drop/": private(post=302),
    "/decisions/<uuid:pk>/take-up/": private(post=302),
    "/decisions/<uuid:pk>/later/": private(get=200, post=200),
    "/decisions/<uuid:pk>/thoughts/new/": private(get=302, post=200),
    "/decisions/<uuid:pk>/thoughts/<uuid:addendum>/delete/": private(
        post=302, addendum=addendum_of
    ),
    "/decisions/<uuid:pk>/thoughts/<uuid:addendum>/restore/": private(
        post=404, addendum=addendum_of
    ),
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/use/": private(get=302, post=302, lesson=lesson_of),
    "/decisions/<uuid:pk>/lessons/<uuid:lesson>/hide/": private(
        get=302, post=302, lesson=lesson_of
    ),
    "/decisions/forecasts/": private(get=200),
    "/decisions/forecasts/new/": private(get=302, post=200),
    "/decisions/forecasts/<uuid:pk>/": private(get=200),
    "/decisions/forecasts/<uuid:pk>/edit/": private(get=200, post=200),
    "/decisions/forecasts/<uuid:pk>/answer/": private(post=302),
    "/decisions/forecasts/<uuid:pk>/later/": private(get=200, post=200),
    "/decisions/forecasts/<uuid:pk>/reopen/": private(post=302),
    "/decisions/forecasts/<uuid:pk>/delete/": private(post=302),
    "/decisions/forecasts/<uuid:pk>/restore/": private(post=404),  # it is not in the trash
    "/decisions/<uuid:pk>/review/<slug:slug>/": private(get=200, post=200, slug="process"),
    "/self-compassion/": private(get=200),
    "/self-compassion/words/": private(get=200, post=302),
    "/self-compassion/new/": private(get=302, post=200),
    "/self-compassion/<uuid:pk>/": private(get=200),
    # Answers of a finished moment can be changed, so its steps stay open.
    "/self-compassion/<uuid:pk>/step/<slug:slug>/": private(get=200, post=200, slug="trigger"),
    "/self-compassion/<uuid:pk>/draft/": private(post=404),
    "/self-compassion/<uuid:pk>/restore/": private(post=302),
    "/self-compassion/<uuid:pk>/delete/": private(post=302),
    "/self-compassion/trash/": private(get=200),
    "/self-compassion/<uuid:pk>/kind-action/": private(post=302),
    "/self-compassion/<uuid:pk>/kind-action/undo/": private(post=302),
    # Only an operator may invite; to everyone else the page is not there.
    "/accounts/operator/": operators(get=200, post=200, others={"GET": 200, "POST": 200}),
    "/accounts/operator/health/": operators(get=200, post=200),
    "/accounts/operator/log/": operators(get=200),
    "/accounts/invitations/": operators(get=200, post=200),
    "/admin/": operators(get=200, post=200),
    "/admin/jsi18n/": operators(get=200, post=405),
    "/admin/<app_label>/": operators(get=200, post=200, app_label="support"),
    "/admin/support/supportresource/": operators(get=200, post=200),
    "/admin/support/supportresource/starter/": operators(get=200, post=302),
    "/admin/support/supportresource/add/": operators(get=200, post=200),
    "/admin/support/supportresource/<path:object_id>/change/": operators(get=200, post=200),
    "/admin/support/supportresource/<path:object_id>/delete/": operators(get=200, post=200),
    "/admin/support/supportresource/<path:object_id>/history/": operators(get=200, post=200),
    "/admin/support/supportresource/<path:object_id>/": operators(get=302, post=302),
    "/admin/people/user/": operators(get=200, post=200),
    "/admin/people/user/<path:object_id>/change/": operators(get=200, post=403),
    "/admin/people/user/<path:object_id>/history/": operators(get=200, post=200),
    "/admin/people/user/<path:object_id>/": operators(get=302, post=302),
    "/admin/sharing/team/": operators(get=200, post=200),
    "/admin/sharing/team/add/": operators(get=200, post=200),
    "/admin/sharing/team/<path:object_id>/": operators(get=302),
    "/admin/sharing/team/<path:object_id>/change/": operators(get=200, post=200),
    "/admin/sharing/team/<path:object_id>/history/": operators(get=200),
    "/admin/sharing/coachlink/": operators(get=200, post=200),
    **COACH_AREA,
    "/accounts/coach/": private(get=404),
    "/admin/entries/prompt/": operators(get=200, post=200),
    "/admin/entries/prompt/add/": operators(get=200, post=200),
    "/admin/entries/prompt/<path:object_id>/change/": operators(get=200, post=200),
    "/admin/entries/prompt/<path:object_id>/history/": operators(get=200, post=200),
    "/admin/entries/prompt/<path:object_id>/": operators(get=302, post=302),
    **LESSONS,
    **ACCOUNTS,
}
