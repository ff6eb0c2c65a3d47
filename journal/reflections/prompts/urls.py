from django.urls import path

from journal.reflections.prompts import views

urlpatterns = [
    path("", views.prompts, name="prompts"),
    path("another/", views.another, name="another-prompt"),
    path("offer/", views.offer, name="offer-prompt"),
    path("<uuid:pk>/", views.own_prompt, name="own-prompt"),
    path("<uuid:pk>/delete/", views.delete, name="delete-prompt"),
    path("<uuid:pk>/restore/", views.restore, name="restore-prompt"),
]
