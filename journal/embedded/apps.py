from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "journal.embedded"
    label = "embedded"
