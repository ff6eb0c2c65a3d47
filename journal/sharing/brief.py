"""The client's side of a session brief: the client writes it, previews it and sends it.

Only one brief is shared at a time: a new one replaces the last.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.privacy.owned_form import OwnedForm
from journal.sharing import consent, shared_measures, sharing_form
from journal.sharing.consent import ShareRequest
from journal.sharing.models.grants import ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Brief
from journal.sharing.shareable import BRIEF
from journal.sharing.sharing_form import Change

USUALLY = timedelta(weeks=4)


class BriefForm(OwnedForm, forms.ModelForm):
    class Meta:
        model = Brief
        fields = ("wanted", "session_on", "since_on")
        widgets = {"wanted": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "wanted": _("Optional, up to 500 characters."),
            "session_on": _("Optional."),
            "since_on": _("The date of your last session, as far as you remember."),
        }


def open_grant(link: CoachLink) -> ShareGrant | None:
    """The grant that lets the coach read the last brief."""
    return link.grants.in_force().filter(scope=ShareGrant.Scope.ITEM, about=BRIEF.name).first()


def new_brief(link: CoachLink, sent: Brief | None) -> Brief:
    """Builds an unsaved brief; a later one starts with the words of the brief that was sent."""
    today = clock.today(link.owner)
    row = Brief(owner=link.owner, link=link, written_on=today, since_on=today - USUALLY)
    if sent:
        row.wanted, row.session_on, row.since_on = sent.wanted, sent.session_on, sent.since_on
    elif last := link.briefs.order_by("-written_on", "-id").first():
        row.since_on = min(today, last.session_on or last.written_on)
    return row


def sent_brief(grant: ShareGrant) -> Brief | None:
    rows: Any = grant.link.briefs
    return rows.live().filter(pk=grant.item_id).first()


def wish(brief: Brief) -> ShareRequest:
    return ShareRequest(ShareGrant.Scope.ITEM, BRIEF.name, brief.pk)


def change(link: CoachLink, brief: Brief) -> Change:
    """The change of grants that sending it makes: it replaces the last brief."""
    found = sharing_form.build_change(
        link, wish(brief), consent.BRIEF_DAYS, *shared_measures.query_factories()
    )
    found.take_back = [grant for grant in found.before if grant.about == BRIEF.name]
    return found


@transaction.atomic
def send(link: CoachLink, brief: Brief) -> Brief | None:
    """Stores and shares it, once. Returns None if another row has its id."""
    link.lock()
    stored = brief.insert_once()
    if stored is not brief:
        return stored
    before = open_grant(link)
    if before:
        consent.take_back(link, [before])
    consent.share(link, [wish(brief)], consent.BRIEF_DAYS)
    shared_measures.refresh(link)
    return brief
