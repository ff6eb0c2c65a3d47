from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "journal.insights"
    label = "insights"

    def ready(self) -> None:
        from journal.sharing import shared_measures
        from journal.insights import coach_measures

        shared_measures.register(coach_measures.NAMES, coach_measures.QUESTIONS, coach_measures.shared_measures)
