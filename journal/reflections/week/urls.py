from datetime import date

from django.urls import path, register_converter

from journal.reflections.week import views


class DayConverter:
    """A day as 2026-11-16; anything else is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.weeks, name="weeks"),
    path("<day:start>/", views.week, name="week"),
    path("<day:start>/step/<slug:slug>/", views.step, name="week-step"),
    path("<day:start>/tell/<uuid:promise>/", views.tell, name="tell-week"),
    path("<day:start>/print/", views.print_week, name="print-week"),
    path("<day:start>/skip/", views.skip, name="skip-week"),
    path("<day:start>/take-up/", views.take_up, name="take-up-week"),
    path("<day:start>/delete/", views.delete, name="delete-week"),
    path("<day:start>/restore/", views.restore, name="restore-week"),
]
