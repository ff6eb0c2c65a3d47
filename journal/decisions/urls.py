from django.urls import path

from journal.decisions import views
from journal.decisions.steps import FLOW
from journal.guide.views import walk_paths

LESSON, THOUGHT = "<uuid:pk>/lessons/<uuid:lesson>/", "<uuid:pk>/thoughts/<uuid:addendum>/"

urlpatterns = [
    path("", views.decisions, name="decisions"),
    *walk_paths(FLOW),
    path("<uuid:pk>/", views.decision, name="decision"),
    path("<uuid:pk>/drop/", views.drop, name="drop-decision"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up-decision"),
    path("<uuid:pk>/later/", views.later, name="review-decision-later"),
    path("<uuid:pk>/thoughts/new/", views.new_addendum, name="new-addendum"),
    path(f"{THOUGHT}delete/", views.delete_addendum, name="delete-addendum"),
    path(f"{THOUGHT}restore/", views.restore_addendum, name="restore-addendum"),
    path(f"{LESSON}use/", views.beside, {"use": True}, name="use-beside-decision"),
    path(f"{LESSON}hide/", views.beside, {"use": False}, name="hide-beside-decision"),
    path("<uuid:pk>/review/<slug:slug>/", views.review, name="review-decision"),
]
