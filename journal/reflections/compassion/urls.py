from django.urls import path

from journal.guide.views import walk_paths
from journal.reflections.compassion import views
from journal.reflections.compassion.steps import FLOW

ACT = "<uuid:pk>/kind-action/"

urlpatterns = [
    path("", views.moments, name="self-compassion"),
    *walk_paths(FLOW, views.begun),
    path("<uuid:pk>/", views.moment, name="moment"),
    path(ACT, views.kind_action, {"done": True}, name="kind-action"),
    path(f"{ACT}undo/", views.kind_action, {"done": False}, name="undo-kind-action"),
]
