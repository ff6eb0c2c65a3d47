from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntriesConfig(AppConfig):
    name = "journal.reflections.entries"
    label = "entries"
    verbose_name = _("Journal")

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.reflections.entries.models import Entry

        threads.register(
            "entry",
            Entry,
            label=_("Entry"),
            icon="journal",
            title=lambda row: row.heading,
            day=lambda row: row.written_on,
        )
