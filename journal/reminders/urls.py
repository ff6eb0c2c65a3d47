from django.urls import path

from journal.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.reminders, name="settings"),
    path("pause/", views.pause, name="pause"),
    path("test/", views.test, name="test"),
]
