"""The client's side of agreements: answering, saying how it went, sending that or keeping it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from journal.lessons import threads
from journal.people import clock
from journal.people.http import SignedInRequest
from journal.sharing import agreements, consent, programs, talk
from journal.sharing.agreement_forms import AgreementForm, OutcomeForm
from journal.sharing.models.agreements import Agreement, AgreementOutcome
from journal.sharing.models.links import ConsentEvent

State = Agreement.State
DRAFTS = {"promise": agreements.as_promise, "decision": agreements.as_decision}


@require_GET
@login_required
def board(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What was agreed with one coach; readable after the link has ended too."""
    link = get_object_or_404(request.user.coachlinks, pk=pk)
    context = {
        "link": link,
        "board": agreements.board_of(link),
        "programs": programs.of_link(link, clock.today(request.user)),
        "talks": talk.latest(link),
        "zone": str(clock.zone_of(request.user)),
    }
    return render(request, "sharing/agreements.html", context)


@require_POST
@login_required
@transaction.atomic
def zone(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Shows the coach the client's time zone as it is now, or hides it again."""
    own = request.user.coachlinks.active()
    get_object_or_404(own, pk=pk).lock()
    link, shown = get_object_or_404(own, pk=pk), request.POST.get("do") == "show"
    zone = str(clock.zone_of(request.user)) if shown else ""
    if zone != link.zone_shown:
        consent.show_zone(link, zone)
        ConsentEvent.log(link, ConsentEvent.What.ZONE if shown else ConsentEvent.What.UNZONED)
    said = _("They now see times in your time zone too.") if shown else _("Hidden.")
    messages.success(request, said)
    return redirect("sharing:agreements", pk)


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def agreement(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Locks the link before its rows, as a coach's request does."""
    rows = request.user.agreements.select_related("link", "session")
    if request.method == "POST":
        get_object_or_404(rows, pk=pk).link.lock()
        rows = rows.select_for_update(of=("self",))
    row = get_object_or_404(rows, pk=pk)
    if row.deleted_at and request.method == "GET":
        raise Http404
    page = _Page(request, row)
    done = page.act(request.POST.get("do", "")) if request.method == "POST" else None
    return done or page.render()


class _Page:
    """One agreement, with the forms that it has now."""

    def __init__(self, request: SignedInRequest, row: Agreement) -> None:
        self.request, self.row, self.status, self.trouble = request, row, 200, ""
        do, data = request.POST.get("do"), request.POST
        self.outcome = agreements.outcome_of(row)
        fresh = AgreementOutcome(owner=request.user, link=row.link, agreement=row)
        self.change = AgreementForm(
            request.user, data if do == "change" or "text" in data else None, instance=row
        )
        reports = do in ("keep", "send") or "words" in data  # sent by a key, without a button
        self.report = OutcomeForm(data if reports else None, instance=self.outcome or fresh)

    def render(self) -> HttpResponse:
        if self.change.is_bound or self.report.is_bound:  # what is stored, beside what was typed
            self.row, self.outcome = agreements.stored(self.row), agreements.outcome_of(self.row)
        self.row.outcome_shown = self.outcome
        context = {
            "row": self.row,
            "link": self.row.link,
            "outcome": self.outcome,
            "change": self.change,
            "report": self.report,
            "trouble": self.trouble,
            "typed": self.typed(),
            "threads": threads.links_of(self.request.user, self.row),
        }
        return render(self.request, "sharing/agreement.html", context, status=self.status)

    def typed(self) -> list[str]:
        """What was written, where the page has no form for it any more."""
        fields = ("text", "sign", "words")
        return [typed for name in fields if (typed := self.request.POST.get(name, ""))]

    def refuse(self, text: str) -> None:
        self.status, self.trouble = 409, text

    def act(self, do: str) -> HttpResponse | None:
        row = self.row
        if row.deleted_at:
            self.refuse(_("Your coach has withdrawn this in the meantime. Nothing was sent."))
        elif do in ("take", "change", "decline"):
            return self.answer(do)
        elif do in ("keep", "send"):
            return self.tell(do)
        elif do in ("share", "unshare") and self.outcome:
            return self.share(shared=do == "share")
        elif do in DRAFTS and row.counts:
            return redirect(DRAFTS[do](row))
        return None

    def answer(self, do: str) -> HttpResponse | None:
        row, form = self.row, self.change
        if do == "change" and not form.is_valid():
            return None
        wanted = {"take": State.TAKEN, "change": State.CHANGED, "decline": State.DECLINED}[do]
        # A click that arrives twice, and one that asks for what is so already.
        if row.state == wanted and (do != "change" or form.says_what_is_stored(self.request.POST)):
            return self.back()
        if row.link.ended_at:
            self.refuse(_("The link has ended, so nothing can be sent any more."))
        elif do != "decline" and row.counts:
            self.refuse(_("You’ve already agreed to this, so nothing has changed."))
        elif str(row.version) != self.request.POST.get("version"):
            self.refuse(_("This was changed in the meantime. This is how it reads now."))
            if form.is_bound:  # sent once more, it is meant
                form.data = form.data.copy()
                form.data["version"] = str(row.version)
        else:
            agreements.answer(row, wanted)
            if do == "decline":
                text = _("That’s fine. You don’t have to give a reason.")
                messages.success(self.request, text)
            return self.back()
        return None

    def tell(self, do: str) -> HttpResponse | None:
        row, form = self.row, self.report
        if not row.counts or not form.is_valid():
            return None
        if do == "send" and row.link.ended_at:
            self.refuse(_("The link has ended, so nothing can be sent any more."))
            return None
        if self.outcome is None:
            stored = form.instance.insert_once()
            if stored is None or stored.agreement_id != row.pk:
                form.with_a_fresh_id()
                self.status = 409
                return None
            self.outcome = stored
        elif form.would_overwrite:
            self.outcome.refresh_from_db()
            form.changed_elsewhere(_("You’ve written something else here in the meantime."))
            self.status = 409
            return None
        elif form.has_changed():
            form.instance.save(update_fields=["result", "words"])
        agreements.share_outcome(self.outcome, shared=do == "send")
        return self.back(_("Sent.") if do == "send" else _("Kept for you."))

    def share(self, *, shared: bool) -> HttpResponse | None:
        if self.outcome and shared and self.row.link.ended_at:
            self.refuse(_("The link has ended, so nothing can be sent any more."))
            return None
        if self.outcome:
            agreements.share_outcome(self.outcome, shared=shared)
        return self.back(_("Sent.") if shared else _("No longer shown."))

    def back(self, text: Any = "") -> HttpResponse:
        if text:
            messages.success(self.request, text)
        return redirect("sharing:agreements", self.row.link_id)
