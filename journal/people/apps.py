from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "journal.people"
    label = "people"
