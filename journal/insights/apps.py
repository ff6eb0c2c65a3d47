from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "journal.insights"
    label = "insights"

    def ready(self) -> None:
        from journal.coaching import figures
        from journal.insights import sharing

        figures.register(sharing.NAMES, sharing.QUESTIONS, sharing.figures)
