from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    name = "journal.lessons"
    label = "lessons"

    def ready(self) -> None:
        from journal.lessons import threads
        from journal.lessons.models import Lesson

        threads.register(
            "lesson", Lesson, label=_("Lesson"), icon="mist", title=lambda row: row.sentence
        )
