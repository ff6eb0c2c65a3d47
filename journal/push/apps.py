from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PushConfig(AppConfig):
    name = "journal.push"
    label = "push"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from journal.people.sessions import ON_END
        from journal.push import devices

        ON_END.append(devices.forget_with_session)
