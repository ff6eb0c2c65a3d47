from django.urls import path

from journal.reflections.rumination import views

ANSWER, SWITCH = "journal/returning/answers/<uuid:pk>/", "settings/suggestions/"

urlpatterns = [
    path(
        "journal/returning/topic/<uuid:pk>/answer/", views.answer_topic, name="answer-topic-offer"
    ),
    path(
        "journal/returning/mistake/<uuid:pk>/answer/",
        views.answer_mistake,
        name="answer-mistake-offer",
    ),
    path(f"{ANSWER}undo/", views.undo, name="undo-offer-answer"),
    path(f"{ANSWER}let-lie/", views.let_lie, {"lie": True}, name="let-lie"),
    path(f"{ANSWER}let-lie/undo/", views.let_lie, {"lie": False}, name="undo-let-lie"),
    path(f"{SWITCH}off/", views.no_offers, {"off": True}, name="offers-off"),
    path(f"{SWITCH}on/", views.no_offers, {"off": False}, name="offers-on"),
]
