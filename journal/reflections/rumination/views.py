"""Answers to an offer: one tap each, and every stored answer can be undone."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from journal.people import clock
from journal.people.http import SignedInRequest, next_url
from journal.reflections.entries.models.tag import Tag
from journal.reflections.mistakes.models import Mistake
from journal.reflections.practices import Practice
from journal.reflections.rumination.forms import AnswerForm, Choice
from journal.reflections.rumination.models import RuminationAnswer


@require_POST
@login_required
@transaction.atomic
def answer_tag(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return answered(request, get_object_or_404(request.user.tags.live(), pk=pk))


@require_POST
@login_required
@transaction.atomic
def answer_mistake(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return answered(request, get_object_or_404(request.user.mistakes.live(), pk=pk))


def answered(request: SignedInRequest, about: Tag | Mistake) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():  # not one of the buttons
        messages.info(request, _("Choose one of the answers. Nothing was saved."))
        return redirect("today:practices")
    chosen = form.cleaned_data["do"]
    if chosen == Choice.NEVER:
        return no_offers(request, off=True)
    answer = RuminationAnswer.give(request.user, about, aside=chosen == Choice.ASIDE)
    if chosen in (Choice.OBSERVER, Choice.NEXT):
        named = {"tag": about.pk} if isinstance(about, Tag) else {"practice": Practice.MISTAKES}
        return redirect(f"{reverse('entries:write')}?{urlencode({'prompt': chosen, **named})}")
    said = _("We won’t suggest this for a week.")
    if answer.set_aside_until:
        day = {"day": date_format(answer.set_aside_until, "l j F")}
        said = _("Set aside until %(day)s.") % day
    messages.success(request, said, extra_tags=reverse("rumination:undo", args=[answer.pk]))
    return redirect("today:practices")


@require_POST
@login_required
@transaction.atomic
def undo(request: SignedInRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(request.user.ruminationanswers.live(), pk=pk).delete()
    return redirect("today:practices")


@require_POST
@login_required
@transaction.atomic
def let_lie(request: SignedInRequest, pk: UUID, *, lie: bool) -> HttpResponse:
    """Leaves a subject that is back as it is."""
    rows = request.user.ruminationanswers.live().that_came_back(clock.today(request.user))
    answer = get_object_or_404(rows.select_for_update(), pk=pk)
    answer.let_lie(lie=lie)
    if lie:
        undo_address = reverse("rumination:undo-dismiss", args=[pk])
        messages.success(request, _("Dismissed."), extra_tags=undo_address)
    return redirect("today:practices")


@require_POST
@login_required
def no_offers(request: SignedInRequest, *, off: bool) -> HttpResponse:
    """Turns these offers off; the settings can turn them on again."""
    person = request.user
    person.no_offers_since = timezone.now() if off else None
    person.save(update_fields=["no_offers_since"])
    if off:
        said = _("These suggestions are off. You can turn them on again in Settings.")
        messages.success(request, said, extra_tags=reverse("rumination:on"))
    else:
        messages.success(request, _("These suggestions are on."))
    return redirect(next_url(request, "today:practices"))
