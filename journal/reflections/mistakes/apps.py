from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MistakesConfig(AppConfig):
    name = "journal.reflections.mistakes"
    label = "mistakes"
    verbose_name = _("Mistakes")

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.reflections.mistakes.models import Mistake

        threads.register(
            "mistake", Mistake, label=_("Mistake"), icon="mist", title=lambda row: row.title
        )
