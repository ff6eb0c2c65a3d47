from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "journal.operation"
    label = "operation"
