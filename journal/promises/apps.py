from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "journal.promises"
    label = "promises"
