from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompassionConfig(AppConfig):
    name = "journal.reflections.compassion"
    label = "compassion"
    verbose_name = _("Self-compassion")

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.reflections.compassion.models import SelfCompassion

        threads.register(
            "self_compassion",
            SelfCompassion,
            label=_("Hard moment"),
            icon="comp",
            title=lambda row: row.heading,
        )
