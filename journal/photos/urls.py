from django.urls import path

from journal.photos import views

app_name = "photos"
urlpatterns = [
    path("<uuid:pk>/<slug:size>/", views.photo, name="photo"),
]
