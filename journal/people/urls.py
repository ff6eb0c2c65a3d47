from django.urls import path

from journal.people import health_views, views
from journal.people.reauthentication import lock

app_name = "people"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health_views.alive, name="alive"),
    path("readyz", health_views.ready, name="ready"),
    path("language/", views.choose_language, name="language"),
    path("settings/", views.preferences, name="preferences"),
    path("settings/zone/", views.confirm_zone, name="confirm-zone"),
    path("accounts/operator/", views.become_operator, name="become-operator"),
    path("accounts/invitations/", views.invitations, name="invitations"),
    path("accounts/locked/", lock, name="lock"),
]
