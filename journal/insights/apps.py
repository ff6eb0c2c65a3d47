from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "journal.insights"
    label = "insights"

    def ready(self) -> None:
        from journal.insights import coach_measures, drawings
        from journal.sharing import shared_measures

        shared_measures.register(
            coach_measures.NAMES,
            coach_measures.FACTORIES,
            coach_measures.shared_measures,
            drawings.from_data,
        )
