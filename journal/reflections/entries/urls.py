from django.urls import path

from journal.reflections.entries import pausing, views

urlpatterns = [
    path("", views.journal, name="journal"),
    path("write/", views.write, name="write"),
    path("enough/", pausing.enough_for_now, name="journal-enough"),
    path("trash/", views.trash, name="trash"),
    path("<uuid:pk>/", views.entry, name="entry"),
    path("<uuid:pk>/edit/", views.edit, name="edit-entry"),
    path("<uuid:pk>/delete/", views.delete, name="delete-entry"),
    path("<uuid:pk>/restore/", views.restore, name="restore-entry"),
]
