from django.urls import path

from journal.photos import removal_views, views

app_name = "photos"
urlpatterns = [
    path("journal/<uuid:pk>/photos/", views.photos_of_entry, name="entry"),
    path("photos/<uuid:pk>/", views.photo, name="detail"),
    path("photos/<uuid:pk>/day/", views.use_day, name="use-day"),
    path("photos/<uuid:pk>/remove/", removal_views.remove, name="remove"),
    path("photos/<uuid:pk>/restore/", removal_views.restore, name="restore"),
    path("photos/<uuid:pk>/<slug:size>/", views.picture, name="picture"),
]
