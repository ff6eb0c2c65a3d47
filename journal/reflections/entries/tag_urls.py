from django.urls import path

from journal.reflections.entries import tag_views

app_name = "tags"
urlpatterns = [
    path("", tag_views.tags, name="list"),
    path("<uuid:pk>/", tag_views.rename, name="rename"),
    path("<uuid:pk>/merge/", tag_views.merge, name="merge"),
    path("<uuid:pk>/delete/", tag_views.delete, name="delete"),
]
