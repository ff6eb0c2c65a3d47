from django.apps import AppConfig


class RuminationConfig(AppConfig):
    name = "journal.reflections.rumination"
    label = "rumination"
