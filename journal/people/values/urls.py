from django.urls import path

from journal.people.values import views

app_name = "values"
urlpatterns = [
    path("", views.values, name="list"),
    path("<uuid:pk>/", views.value, name="detail"),
    path("<uuid:pk>/place/", views.place, name="move"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
]
