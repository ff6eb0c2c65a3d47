"""Addresses with an access token (journal/access_tokens/middleware.py), of all apps that have one.

Each is named after its token's scope: `AccessToken.path` finds it by that.
"""

from django.urls import path

from journal.calendar_feed import views as calendar_feed
from journal.reminders import kept_view
from journal.reminders import views as reminders

app_name = "access_tokens"
urlpatterns = [
    path("feed/<str:token>.ics", calendar_feed.feed, name="feed"),
    path("kept/<str:token>/", kept_view.record_kept, name="kept"),
    path("unsubscribe/<str:token>/", reminders.unsubscribe, name="unsubscribe"),
]
