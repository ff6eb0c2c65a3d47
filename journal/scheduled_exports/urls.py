from django.urls import path

from journal.scheduled_exports import views

app_name = "scheduled_exports"
urlpatterns = [
    path("", views.scheduled, name="settings"),
    path("stop/", views.stop, name="stop"),
    path("start/", views.start, name="start"),
    path("<uuid:pk>/", views.fetch, name="download"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
]
