from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from journal.audit.events import What
from journal.audit.models import AuditEvent
from journal.audit.recording import record
from journal.operation import installation_state
from journal.operation.forms import LogPageForm, RecoveryKeyForm
from journal.operation.health import examine
from journal.operation.health.findings import BAD, LOOK, OK
from journal.people.http import SignedInRequest
from journal.people.pagination import first_page

LINES = 40


@require_http_methods(["GET", "POST"])
@login_required
def health(request: SignedInRequest) -> HttpResponse:
    """The findings of `manage.py doctor`, and the form that confirms the recovery key."""
    if not request.user.is_staff:
        raise Http404
    form = RecoveryKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        installation_state.say_that_the_recovery_key_is_kept()
        record(What.RECOVERY_KEY, request.user.pk)
        messages.success(request, _("Thank you. Recovery key confirmed."))
        return redirect("operation:health")
    found = list(examine())
    groups = [
        (_("To fix"), [one.text for one in found if one.level == BAD]),
        (_("To look at"), [one.text for one in found if one.level == LOOK]),
        (_("All well"), [one.text for one in found if one.level == OK]),
    ]
    context = {"groups": groups, "form": form, "kept": installation_state.recovery_key_kept_since()}
    return render(request, "operation/health.html", context)


@require_GET
@login_required
def log(request: SignedInRequest) -> HttpResponse:
    """What commands and operators did, newest first."""
    if not request.user.is_staff:
        raise Http404
    form = LogPageForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    page = first_page(AuditEvent.objects.newest_first(before), LINES)
    return render(request, "operation/log.html", {"page": page, "before": before})
