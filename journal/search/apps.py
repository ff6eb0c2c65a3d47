from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "journal.search"
    label = "search"
