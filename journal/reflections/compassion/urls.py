from django.urls import path

from journal.guide.flow_urls import flow_urls
from journal.reflections.compassion import views
from journal.reflections.compassion.steps import FLOW

ACT = "<uuid:pk>/kind-action/"

app_name = "compassion"
urlpatterns = [
    path("", views.moments, name="list"),
    path("words/", views.words, name="words"),
    *flow_urls(FLOW, views.new_moment),
    path("<uuid:pk>/", views.moment, name="detail"),
    path(ACT, views.kind_action, {"done": True}, name="kind-action"),
    path(f"{ACT}undo/", views.kind_action, {"done": False}, name="undo-kind-action"),
]
