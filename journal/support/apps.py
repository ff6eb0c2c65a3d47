from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "journal.support"
    label = "support"
