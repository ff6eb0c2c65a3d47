from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "journal.installation"
    label = "installation"
