from django.urls import path

from journal.decisions import forecast_views, views
from journal.decisions.steps import FLOW
from journal.guide.flow_urls import flow_urls

FORECAST = "forecasts/<uuid:pk>/"
LESSON, THOUGHT = "<uuid:pk>/lessons/<uuid:lesson>/", "<uuid:pk>/thoughts/<uuid:addendum>/"

app_name = "decisions"
urlpatterns = [
    path("", views.decisions, name="list"),
    *flow_urls(FLOW),
    path("<uuid:pk>/", views.decision, name="detail"),
    path("<uuid:pk>/drop/", views.drop, name="drop"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up"),
    path("<uuid:pk>/later/", views.later, name="review-later"),
    path("<uuid:pk>/thoughts/new/", views.new_addendum, name="new-addendum"),
    path(f"{THOUGHT}delete/", views.delete_addendum, name="delete-addendum"),
    path(f"{THOUGHT}restore/", views.restore_addendum, name="restore-addendum"),
    path(f"{LESSON}use/", views.related_lesson, {"use": True}, name="use-lesson"),
    path(f"{LESSON}hide/", views.related_lesson, {"use": False}, name="hide-lesson"),
    path("forecasts/", forecast_views.forecasts, name="forecasts"),
    path("forecasts/new/", forecast_views.new_forecast, name="new-forecast"),
    path(FORECAST, forecast_views.forecast, name="forecast"),
    path(f"{FORECAST}edit/", forecast_views.edit_forecast, name="edit-forecast"),
    path(f"{FORECAST}answer/", forecast_views.answer_forecast, name="answer-forecast"),
    path(f"{FORECAST}later/", forecast_views.postpone_forecast, name="forecast-later"),
    path(f"{FORECAST}reopen/", forecast_views.reopen_forecast, name="reopen-forecast"),
    path(f"{FORECAST}delete/", forecast_views.delete_forecast, name="delete-forecast"),
    path(f"{FORECAST}restore/", forecast_views.restore_forecast, name="restore-forecast"),
    path("<uuid:pk>/review/<slug:slug>/", views.review, name="review"),
]
