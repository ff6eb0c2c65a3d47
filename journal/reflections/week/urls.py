from django.urls import path

from journal.people import day_converter  # noqa: F401  # registers `day`
from journal.reflections.week import views

app_name = "week"
urlpatterns = [
    path("", views.weeks, name="list"),
    path("<day:start>/", views.week, name="detail"),
    path("<day:start>/step/<slug:slug>/", views.step, name="step"),
    path("<day:start>/tell/<uuid:promise>/", views.confirm_promise, name="confirm-promise"),
    path("<day:start>/done/", views.done, name="done"),
    path("<day:start>/end-rest/", views.end_rest, name="end-rest"),
    path("<day:start>/print/", views.print_week, name="print"),
    path("<day:start>/skip/", views.skip, name="skip"),
    path("<day:start>/take-up/", views.take_up, name="take-up"),
    path("<day:start>/delete/", views.delete, name="delete"),
    path("<day:start>/restore/", views.restore, name="restore"),
]
