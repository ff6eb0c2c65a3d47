from django.urls import path

from journal.reflections.rating import views

urlpatterns = [
    path("", views.rating, name="rating"),
    path("<uuid:pk>/delete/", views.delete, name="delete-rating"),
    path("<uuid:pk>/restore/", views.restore, name="restore-rating"),
]
