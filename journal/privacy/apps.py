from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "journal.privacy"
    label = "privacy"
