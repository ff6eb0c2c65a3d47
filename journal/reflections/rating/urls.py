from django.urls import path

from journal.reflections.rating import views

app_name = "rating"
urlpatterns = [
    path("", views.rating, name="list"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
]
