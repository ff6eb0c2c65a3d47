"""Links to coaches, for the operator: their number, the account of each, and its start.

The list has no client, no name and no text; the operator must not see what clients share.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.people.admin_site import KeptRows
from journal.sharing import team_admin  # noqa: F401 - Django's admin looks here alone
from journal.sharing.models.links import CoachLink


@admin.register(CoachLink)
class LinkAdmin(KeptRows):
    list_display = ("coach_account", "clients_now", "created_at", "ended_at", "ended_by_whom")
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-created_at",)
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """Only the list has an address, no page of a single link."""
        return [url for url in super().get_urls() if (url.name or "").endswith("_changelist")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CoachLink]:
        of_coach = CoachLink.objects.active().filter(coach=OuterRef("coach")).order_by()
        counted = of_coach.values("coach").annotate(n=Count("pk")).values("n")
        only = ("created_at", "ended_at", "ended_by", "coach__email")
        rows = CoachLink.objects.select_related("coach").only(*only)
        return rows.annotate(now=Subquery(counted))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("Account of the coach"))
    def coach_account(self, link: CoachLink) -> str:
        return link.coach.email if link.coach else "–"

    @admin.display(description=_("Ended by"))
    def ended_by_whom(self, link: CoachLink) -> str:
        if not link.ended_by:
            return ""
        return gettext("The coach") if link.ended_by == link.By.COACH else gettext("The client")

    @admin.display(description=_("Linked now"))
    def clients_now(self, link: Any) -> int:
        return link.now or 0  # annotated by get_queryset
