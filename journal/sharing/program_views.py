"""The client's side of a program: all of it before the answer, then what has arrived."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from journal.people import clock
from journal.people.http import SignedInRequest
from journal.people.text_direction import isolate
from journal.sharing import programs
from journal.sharing.models.links import CoachLink
from journal.sharing.models.programs import ClientProgram

SAID = {
    "start": gettext_lazy("Started. The first week is today."),
    "decline": gettext_lazy("That’s fine. You don’t have to give a reason."),
    "pause": gettext_lazy("Paused. Nothing new arrives until you continue."),
    "resume": gettext_lazy("Continued."),
    "stop": gettext_lazy("Stopped. Nothing more arrives."),
}


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def program(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Locks the link before its rows, as a coach's request does."""
    rows = request.user.clientprograms.live().select_related("link")
    if request.method == "POST":
        get_object_or_404(rows, pk=pk).link.lock()
        rows = rows.select_for_update(of=("self",))
    row, day, trouble = get_object_or_404(rows, pk=pk), clock.today(request.user), ""
    if (do := request.POST.get("do", "")) in SAID:
        trouble = _obstacle(row, do)
        if not trouble and programs.act(row, do, CoachLink.By.CLIENT, day):
            messages.success(request, SAID[do])
            return redirect(row)
        trouble = trouble or _("This has changed in the meantime. This is how it stands now.")
    context = {
        "program": row,
        "link": row.link,
        "state": row.state(day),
        "steps": programs.steps(row, day),
        "week": row.week_on(day),
        "trouble": trouble,
    }
    return render(request, "sharing/program.html", context, status=409 if trouble else 200)


def _obstacle(row: ClientProgram, do: str) -> str:
    """What stands in the way of it, besides the state of the program."""
    link = row.link
    if link.ended_at:
        return _("The link has ended, so nothing arrives any more.")
    if link.muted_since and do in ("start", "resume"):
        text = _("Comments and suggestions from %(coach)s are off. Turn them on under Coach first.")
        return text % {"coach": isolate(link.coach_name)}
    return ""
