import gc

from django.apps import AppConfig
from django.core import checks


class OperationConfig(AppConfig):
    name = "journal.operation"
    label = "operation"

    def ready(self) -> None:
        from journal.operation.checks import a_backup_is_made, the_recovery_key_is_kept

        for check in (a_backup_is_made, the_recovery_key_is_kept):
            checks.register(check, checks.Tags.database, "operator")
        # All models are loaded now and stay. Looking through them again and again for what could go
        # is a sixth of what a start takes.
        gc.freeze()
        gc.enable()
