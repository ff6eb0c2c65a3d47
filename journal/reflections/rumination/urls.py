from django.urls import path

from journal.reflections.rumination import views

ANSWER, SWITCH = "journal/returning/answers/<uuid:pk>/", "settings/suggestions/"

app_name = "rumination"
urlpatterns = [
    path("journal/returning/tag/<uuid:pk>/answer/", views.answer_tag, name="answer-tag"),
    path("journal/returning/topic/<uuid:pk>/answer/", views.answer_tag),  # its former address
    path(
        "journal/returning/mistake/<uuid:pk>/answer/",
        views.answer_mistake,
        name="answer-mistake",
    ),
    path(f"{ANSWER}undo/", views.undo, name="undo"),
    path(f"{ANSWER}let-lie/", views.let_lie, {"lie": True}, name="dismiss"),
    path(f"{ANSWER}let-lie/undo/", views.let_lie, {"lie": False}, name="undo-dismiss"),
    path(f"{SWITCH}off/", views.no_offers, {"off": True}, name="off"),
    path(f"{SWITCH}on/", views.no_offers, {"off": False}, name="on"),
]
