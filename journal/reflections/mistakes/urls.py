from django.urls import path

from journal.guide.views import walk_paths
from journal.reflections.mistakes import views
from journal.reflections.mistakes.steps import FLOW

urlpatterns = [
    path("", views.mistakes, name="mistakes"),
    *walk_paths(FLOW, views.begun),
    path("<uuid:pk>/", views.mistake, name="mistake"),
    path("<uuid:pk>/repair/", views.repair, {"done": True}, name="repair"),
    path("<uuid:pk>/repair/undo/", views.repair, {"done": False}, name="undo-repair"),
    path("<uuid:pk>/rest/", views.rest, name="rest-mistake"),
    path("<uuid:pk>/rest/undo/", views.take_up, name="take-up-mistake"),
]
