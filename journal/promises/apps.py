from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "journal.promises"
    label = "promises"

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.promises.models import Promise

        threads.register(
            "promise", Promise, label=_("Promise"), icon="prom", title=lambda row: row.statement
        )
