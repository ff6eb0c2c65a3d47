from django.urls import path

from journal.decisions import views
from journal.decisions.steps import FLOW
from journal.guide.flow_urls import walk_paths

LESSON, THOUGHT = "<uuid:pk>/lessons/<uuid:lesson>/", "<uuid:pk>/thoughts/<uuid:addendum>/"

app_name = "decisions"
urlpatterns = [
    path("", views.decisions, name="list"),
    *walk_paths(FLOW),
    path("<uuid:pk>/", views.decision, name="detail"),
    path("<uuid:pk>/drop/", views.drop, name="drop"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up"),
    path("<uuid:pk>/later/", views.later, name="review-later"),
    path("<uuid:pk>/thoughts/new/", views.new_addendum, name="new-addendum"),
    path(f"{THOUGHT}delete/", views.delete_addendum, name="delete-addendum"),
    path(f"{THOUGHT}restore/", views.restore_addendum, name="restore-addendum"),
    path(f"{LESSON}use/", views.related_lesson, {"use": True}, name="use-lesson"),
    path(f"{LESSON}hide/", views.related_lesson, {"use": False}, name="hide-lesson"),
    path("<uuid:pk>/review/<slug:slug>/", views.review, name="review"),
]
