from datetime import date

from django.urls import path, register_converter

from journal.reflections.week import views


class DayConverter:
    """A day as 2026-11-16; anything else does not match."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

app_name = "week"
urlpatterns = [
    path("", views.weeks, name="list"),
    path("<day:start>/", views.week, name="detail"),
    path("<day:start>/step/<slug:slug>/", views.step, name="step"),
    path("<day:start>/tell/<uuid:promise>/", views.confirm_promise, name="confirm-promise"),
    path("<day:start>/print/", views.print_week, name="print"),
    path("<day:start>/skip/", views.skip, name="skip"),
    path("<day:start>/take-up/", views.take_up, name="take-up"),
    path("<day:start>/delete/", views.delete, name="delete"),
    path("<day:start>/restore/", views.restore, name="restore"),
]
