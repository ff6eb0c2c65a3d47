from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "journal.book"
    label = "book"
