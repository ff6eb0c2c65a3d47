from typing import Any
from uuid import UUID

from django import forms
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
from journal.privacy.fields import WordsInput
from journal.sharing import suggestions
from journal.sharing.models.messages import Suggestion
from journal.sharing.shareable import Practice

State = Suggestion.State


class ChangeForm(forms.Form):
    """The client's own version of a suggestion."""

    def __init__(self, *args: Any, row: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.what == Suggestion.What.PRACTICE:
            self.fields["practice"] = forms.ChoiceField(
                label=gettext_lazy("Which practice?"),
                choices=Practice.choices,
                initial=row.practice,
                widget=forms.RadioSelect,
            )
        else:
            most = suggestions.most(row.what)
            self.fields["text"] = WordsInput(
                label=gettext_lazy("In your words"),
                max_length=most,
                initial=row.text,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


@require_http_methods(["GET", "POST"])
@login_required
@transaction.atomic
def suggestion(request: SignedInRequest, pk: UUID) -> HttpResponse:
    rows = request.user.suggestions.live().arrived(clock.today(request.user))
    rows = rows.select_related("link", "program")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    row = get_object_or_404(rows, pk=pk)
    do = request.POST.get("do")
    typed = do == "change" or "text" in request.POST
    form = ChangeForm(request.POST if typed else None, row=row)
    if do == "decline":
        if row.state != State.DECLINED:
            suggestions.decline(row)
        messages.success(request, _("That’s fine. You don’t have to give a reason."))
        return redirect("sharing:suggestion", row.pk)
    if row.can_be_taken and do == "take":
        return redirect(suggestions.take(row))
    if row.can_be_taken and do == "change" and form.is_valid():
        return redirect(suggestions.take(row, **form.cleaned_data))
    late = do in ("take", "change") and not row.can_be_taken
    context = {"suggestion": row, "form": form, "late": late, "typed": request.POST.get("text")}
    return render(request, "sharing/suggestion.html", context, status=409 if late else 200)
