from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "journal.photos"
    label = "photos"
