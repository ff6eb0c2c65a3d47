from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from journal.privacy import rls


class SharingConfig(AppConfig):
    name = "journal.sharing"
    label = "sharing"
    verbose_name = _("Sharing")

    def ready(self) -> None:
        # A transaction in the coach's role locks the links it reads by until it ends.
        rls.ON_ROLE_ENTERED[rls.COACH] = "select coaching_lock_links()"

        from allauth.account.signals import email_changed

        from journal.lessons import threads
        from journal.people import adapter
        from journal.sharing.invitations import allows_sign_up
        from journal.sharing.models.agreements import Agreement

        threads.register(
            "agreement", Agreement, label=_("Agreement"), icon="coach", title=lambda row: row.text
        )
        adapter.SIGN_UP_CHECKS.append(allows_sign_up)
        email_changed.connect(_follow_address, dispatch_uid="sharing.follow_address")


def _follow_address(user: Any, to_email_address: Any, **_signal: Any) -> None:
    from journal.sharing import consent

    consent.follow_address(user, to_email_address.email)
