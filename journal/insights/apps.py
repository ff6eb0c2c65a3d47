from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "journal.insights"
    label = "insights"
