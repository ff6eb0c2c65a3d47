from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "journal.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from journal.people import mfa
        from journal.people.checks import proxies_are_counted

        checks.register(proxies_are_counted, "operator")
        authenticator_added.connect(mfa.was_set_up)
