from django.urls import path

from journal.web_app import views

app_name = "web_app"
urlpatterns = [
    path("<slug:name>.webmanifest", views.manifest, name="manifest"),
    path("settings/install/", views.install, name="install"),
]
