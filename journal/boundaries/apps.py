from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoundariesConfig(AppConfig):
    name = "journal.boundaries"
    label = "boundaries"

    def ready(self) -> None:
        from journal.boundaries.models import Boundary, Crossing
        from journal.lessons import threads

        threads.register(
            "boundary", Boundary, label=_("Boundary"), icon="bound", title=lambda row: row.limit
        )
        threads.register(
            "crossing", Crossing, label=_("Crossing"), icon="bound", title=lambda row: row.heading
        )
