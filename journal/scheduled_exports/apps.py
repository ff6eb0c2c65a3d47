from django.apps import AppConfig


class ScheduledExportsConfig(AppConfig):
    name = "journal.scheduled_exports"
    label = "scheduled_exports"

    def ready(self) -> None:
        from journal.people.models import ON_NEW_ZONE
        from journal.scheduled_exports import starting

        ON_NEW_ZONE.append(starting.plan_anew)
