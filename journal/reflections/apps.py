from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReflectionsConfig(AppConfig):
    name = "journal.reflections"
    label = "reflections"
    verbose_name = _("Reflections")

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.reflections.compassion.models import SelfCompassion
        from journal.reflections.mistakes.models import Mistake

        threads.register(
            "self_compassion",
            SelfCompassion,
            label=_("Hard moment"),
            icon="comp",
            title=lambda row: row.heading,
        )
        threads.register(
            "mistake", Mistake, label=_("Mistake"), icon="mist", title=lambda row: row.title
        )
