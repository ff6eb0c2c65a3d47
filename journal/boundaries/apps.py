from django.apps import AppConfig


class BoundariesConfig(AppConfig):
    name = "journal.boundaries"
    label = "boundaries"
