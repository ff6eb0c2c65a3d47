"""A coach's programs: writing one, and offering it to clients, who start it by saying yes."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.coaching import programs, queries
from journal.coaching.models import Program
from journal.coaching.program_forms import MOST_PROGRAMS, OfferForm, ProgramForm
from journal.coaching.shipped_programs import SHIPPED, shipped
from journal.guide import library_views
from journal.guide.new_row import redirect_to_row
from journal.languages.collation import sorted_by_name
from journal.people import clock
from journal.people.http import SignedInRequest

SAID = {
    "pause": gettext_lazy("Paused."),
    "resume": gettext_lazy("Continued."),
    "stop": gettext_lazy("Stopped. Nothing more arrives."),
}


@require_GET
def listing(request: SignedInRequest) -> HttpResponse:
    own = request.user.programs.newest()
    return render(request, "coaching/programs.html", {"programs": own, "shipped": SHIPPED})


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """`?from=` names a program that comes with Selftrust, with which the form begins."""
    row, status = Program(owner=request.user), 200
    if moved := redirect_to_row(request, row, lambda one: reverse("coach:program", args=[one.pk])):
        return moved
    if start := shipped(request.GET.get("from", "")):
        start.fill(row)
    form = ProgramForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        if request.user.programs.others(row).count() >= MOST_PROGRAMS:
            text = _("You have %(n)s programs. Delete one first.") % {"n": MOST_PROGRAMS}
            form.add_error(None, text)
        elif form.insert():
            messages.success(request, _("Saved."))
            return redirect("coach:offer", row.pk)
        else:
            status = 409
    return render(request, "coaching/program.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def program(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows, page = request.user.programs.live(), "coaching/program.html"
    return library_views.edit(
        request, rows, pk, ProgramForm, page, lambda row: redirect("coach:offer", row.pk)
    )


@require_POST
def delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows, undo = request.user.programs, "coach:restore-program"
    library_views.remove(request, rows, pk, _("Deleted."), undo)
    return redirect("coach:programs")


@require_POST
def restore(request: SignedInRequest, pk: UUID) -> HttpResponse:
    library_views.restore(request, request.user.programs, pk, _("Restored to your programs."))
    return redirect("coach:programs")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def offer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the clients will read, and the list of clients to tick; each is asked alone."""
    rows, status, day = request.user.programs.live(), 200, clock.today(request.user)
    if request.method == "POST":
        rows = rows.select_for_update()
    row = get_object_or_404(rows, pk=pk)
    known = sorted_by_name(queries.named(request.user).values(), lambda one: one.name)
    there = programs.having(row, day)
    links = {str(one.client.pk): one.link for one in known if one.link}
    waiting = [one for one in known if one.link and one.link.pk not in there]
    free = [one for one in waiting if one.link and not one.link.muted_since]
    form = OfferForm(known, free, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [link for pk in form.cleaned_data["clients"] if (link := links[pk])]
        listening = [link for link in chosen if not link.muted_since]
        if form.cleaned_data["version"] != row.version:
            form.add_error(None, _("The program has changed. Look at it once more, then send."))
            status = 409
        elif made := programs.offer(row, listening, form.cleaned_data["id"], day):
            text = ngettext(
                "Sent to %(n)s client. It starts with their yes.",
                "Sent to %(n)s clients. It starts with each one’s own yes.",
                made,
            )
            messages.success(request, text % {"n": made})
            return redirect("coach:programs")
        else:
            form.add_error(None, _("Nobody you ticked can get it at the moment."))
            status = 409
    context = {
        "row": row,
        "form": form,
        "free": free,
        "muted": [one for one in waiting if one not in free],
        "having": [one for one in known if one not in waiting],
    }
    return render(request, "coaching/offer.html", context, status=status)


@require_POST
@transaction.atomic
def of_client(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Pauses, continues, stops or withdraws a program with one client."""
    row = programs.find(pk)
    one = queries.client_of_link(request.user, row.link_id) if row else None
    if row is None or one is None or one.link is None:
        raise Http404
    do = request.POST.get("do", "")
    if do in SAID and programs.act(row, do):
        messages.success(request, SAID[do])
    elif do in SAID:
        text = _("This has changed in the meantime. This is how it stands now.")
        messages.info(request, text)
    return redirect(one.client)
