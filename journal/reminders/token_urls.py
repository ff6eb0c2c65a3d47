"""Addresses with an access token (journal/access_tokens/middleware.py)."""

from django.urls import path

from journal.reminders import views

app_name = "access_tokens"
urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
