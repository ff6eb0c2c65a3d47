"""The operator's admin for accounts: it shows no words and deletes nothing.

Only its owner deletes an account. The operator can switch an account off, which ends its sessions
at once, and on again. Its words stay sealed meanwhile.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from journal.audit.events import What
from journal.audit.recording import record
from journal.people.admin_site import KeptRows
from journal.people.models import User


def yes_or_no(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


@admin.register(User)
class AccountAdmin(KeptRows):
    left_out = ("add", "delete")
    list_display = (
        *("email", "date_joined", "last_login", "is_on", "is_operator", "is_coach"),
        "second_step",
    )
    list_filter = ("is_active", "is_staff")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("email",)
    fields = readonly_fields = list_display
    actions = ("activate", "deactivate", "let_coach", "no_longer_coach")
    change_list_template = "admin/accounts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Allows only the listed filters, so that no URL can query a password hash, say."""
        return lookup.partition("__")[0] in self.list_filter

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        rows = Authenticator.objects.filter(user=OuterRef("pk"))
        only = ("email", "date_joined", "last_login", "is_active", "is_staff", "coaches_since")
        return User.objects.only(*only).annotate(has_second_step=Exists(rows))

    @admin.display(description=pgettext_lazy("switched on", "On"), ordering="is_active")
    def is_on(self, person: User) -> str:
        return yes_or_no(person.is_active)

    @admin.display(description=_("Operator"), ordering="is_staff")
    def is_operator(self, person: User) -> str:
        return yes_or_no(person.is_staff)

    @admin.display(description=_("Coach"), ordering="coaches_since")
    def is_coach(self, person: User) -> str:
        return yes_or_no(person.coaches_since is not None)

    @admin.display(description=_("Two-step sign-in"))
    def second_step(self, person: Any) -> str:
        return yes_or_no(person.has_second_step)  # annotated above

    @admin.action(description=_("Switch on"))
    def activate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in (rows := list(people)):
            person.switch_on()
            self.log_change(request, person, [{"changed": {"fields": ["Active"]}}])
        if rows:
            record(What.SWITCHED_ON, request.user.pk, accounts=len(rows))
        text = ngettext("%d account switched on.", "%d accounts switched on.", len(rows))
        messages.success(request, text % len(rows))

    @admin.action(description=_("Switch off and sign out now"))
    def deactivate(self, request: HttpRequest, people: QuerySet[User]) -> None:
        rows = [person for person in people if person.pk != request.user.pk]
        for person in rows:
            person.switch_off()
            self.log_change(request, person, [{"changed": {"fields": ["Active"]}}])
        if rows:
            record(What.SWITCHED_OFF, request.user.pk, accounts=len(rows))
        text = ngettext("%d account switched off.", "%d accounts switched off.", len(rows))
        messages.success(request, text % len(rows))
        if len(rows) < len(people):
            messages.info(
                request,
                _(
                    "You can’t switch off your own account, because someone has to look after the "
                    "server."
                ),
            )

    @admin.action(description=_("Allow to coach"))
    def let_coach(self, request: HttpRequest, people: QuerySet[User]) -> None:
        rows = [person for person in people if person.coaches_since is None]
        self._set_coaching(request, rows, coaches=True)
        text = ngettext("%d account can now coach.", "%d accounts can now coach.", len(rows))
        messages.success(request, text % len(rows))

    @admin.action(description=_("Stop allowing to coach: links stay, but they see nothing"))
    def no_longer_coach(self, request: HttpRequest, people: QuerySet[User]) -> None:
        rows = [person for person in people if person.coaches_since is not None]
        self._set_coaching(request, rows, coaches=False)
        text = ngettext(
            "%d account can no longer coach.", "%d accounts can no longer coach.", len(rows)
        )
        messages.success(request, text % len(rows))

    def _set_coaching(self, request: HttpRequest, rows: list[User], *, coaches: bool) -> None:
        for person in rows:
            person.let_coach(coaches=coaches)
            self.log_change(request, person, [{"changed": {"fields": ["Coach"]}}])
        if rows:
            what = What.COACH if coaches else What.NO_COACH
            record(what, request.user.pk, accounts=len(rows))
