from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "journal.today"
    label = "today"
