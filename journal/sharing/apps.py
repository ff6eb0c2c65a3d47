from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from journal.privacy import rls


class CoachingConfig(AppConfig):
    name = "journal.coaching"
    verbose_name = _("Coaching")

    def ready(self) -> None:
        # Whoever reads as a coach holds the links that they read by, until they are done.
        rls.ON_ROLE_ENTERED[rls.COACH] = "select coaching_hold()"

        from journal.people import adapter
        from journal.sharing.invitations import opens_the_door

        adapter.DOORS.append(opens_the_door)
