from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from journal.account_deletion import deletion, tasks
from journal.account_deletion.forms import DeletionForm
from journal.people.http import SignedInRequest
from journal.people.sessions import clear_browser
from journal.privacy.rls import OWNER, acting_as


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def delete(request: SignedInRequest) -> HttpResponse:
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at_once = form.cleaned_data["when"] == "now"
        with acting_as(None, role=OWNER):
            due = deletion.ask(request.user, at_once=at_once)
            tasks.enqueue(due)
            logout(request)
        due_on = None if at_once else due
        deleted = render(request, "account_deletion/deleted.html", {"due": due_on})
        clear_browser(deleted)
        return deleted
    context = {"form": form, "items": deletion.items_of(request.user)}
    return render(request, "account_deletion/delete.html", context)
