from django.urls import path

from journal.reflections.entries.prompts import views

app_name = "prompts"
urlpatterns = [
    path("", views.prompts, name="list"),
    path("another/", views.another, name="another"),
    path("offer/", views.offer, name="offer"),
    path("<uuid:pk>/", views.own_prompt, name="detail"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
]
