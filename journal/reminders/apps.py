from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "journal.reminders"
    label = "reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        from journal.mail import tasks
        from journal.people.models import ON_NEW_ZONE
        from journal.reminders import planning

        ON_NEW_ZONE.append(planning.plan_anew)
        tasks.ON_REFUSED.append(planning.note_refusal)
        tasks.ON_ACCEPTED.append(planning.note_acceptance)
