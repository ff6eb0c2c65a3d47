from django.urls import path

from journal.calendar_feed import views

app_name = "calendar_feed"
urlpatterns = [
    path("", views.calendar, name="settings"),
    path("change/", views.change, name="change"),
    path("end/", views.end, name="end"),
]
