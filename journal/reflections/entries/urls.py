from django.urls import path

from journal.reflections.entries import (
    earlier_views,
    pausing,
    printing,
    trash_views,
    views,
)

urlpatterns = [
    path("", views.journal, name="journal"),
    path("write/", views.write, name="write"),
    path("enough/", pausing.enough_for_now, name="journal-enough"),
    path("print/", printing.print_journal, name="print-journal"),
    path("trash/", trash_views.trash, name="trash"),
    path("trash/empty/", trash_views.empty_trash, name="empty-trash"),
    path("<uuid:pk>/", views.entry, name="entry"),
    path("<uuid:pk>/edit/", views.edit, name="edit-entry"),
    path("<uuid:pk>/autosave/", views.autosave, name="autosave-entry"),
    path("<uuid:pk>/delete/", trash_views.delete, name="delete-entry"),
    path("<uuid:pk>/restore/", trash_views.restore, name="restore-entry"),
    path("<uuid:pk>/remove/", trash_views.remove, name="remove-entry"),
    path("<uuid:pk>/earlier/", earlier_views.earlier_versions, name="earlier-versions"),
    path("<uuid:pk>/earlier/<int:number>/", earlier_views.earlier_version, name="earlier-version"),
    path("<uuid:pk>/earlier/<int:number>/bring-back/", earlier_views.bring_back, name="bring-back"),
]
