from django.apps import AppConfig


class ReflectionsConfig(AppConfig):
    name = "journal.reflections"
    label = "reflections"
