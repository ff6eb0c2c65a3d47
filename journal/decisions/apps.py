from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "journal.decisions"
    label = "decisions"

    def ready(self) -> None:
        from journal.decisions.models import Decision
        from journal.lessons import threads

        threads.register(
            "decision", Decision, label=_("Decision"), icon="dec", title=lambda row: row.question
        )
