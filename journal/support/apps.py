from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "journal.support"
    label = "support"
    verbose_name = _("Support")

    def ready(self) -> None:
        from journal.support.checks import someone_can_be_reached

        checks.register(someone_can_be_reached, checks.Tags.database, "operator")
