from django.urls import path

from journal.guide.flow_urls import walk_paths
from journal.reflections.mistakes import views
from journal.reflections.mistakes.steps import FLOW

app_name = "mistakes"
urlpatterns = [
    path("", views.mistakes, name="list"),
    *walk_paths(FLOW, views.new_mistake),
    path("<uuid:pk>/", views.mistake, name="detail"),
    path("<uuid:pk>/repair/", views.repair, {"done": True}, name="repair"),
    path("<uuid:pk>/repair/undo/", views.repair, {"done": False}, name="undo-repair"),
    path("<uuid:pk>/rest/", views.rest, name="close"),
    path("<uuid:pk>/rest/undo/", views.take_up, name="reopen"),
]
