from django.urls import path

from journal.reflections.entries import capture_views

app_name = "capture"
urlpatterns = [
    path("", capture_views.capture, name="note"),
    path("share/", capture_views.share, name="share"),
]
