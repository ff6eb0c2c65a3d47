from django.apps import AppConfig


class AccountDeletionConfig(AppConfig):
    name = "journal.account_deletion"
    label = "account_deletion"
