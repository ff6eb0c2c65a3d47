from django.urls import path

from journal.reflections.entries import (
    capture_views,
    link_views,
    pause,
    print_views,
    trash_views,
    version_views,
    views,
    year_views,
)

app_name = "entries"
urlpatterns = [
    path("", views.journal, name="list"),
    path("write/", views.write, name="write"),
    path("enough/", pause.enough_for_now, name="pause"),
    path("year/<int:year>/", year_views.year, name="year"),
    path("print/", print_views.print_journal, name="print"),
    path("trash/", trash_views.trash, name="trash"),
    path("trash/empty/", trash_views.empty_trash, name="empty-trash"),
    path("<uuid:pk>/", views.entry, name="detail"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/autosave/", views.autosave, name="autosave"),
    path("<uuid:pk>/links/", link_views.links, name="links"),
    path("<uuid:pk>/sorted/", capture_views.mark_sorted, name="mark-sorted"),
    path("<uuid:pk>/favourite/", views.favourite, name="favourite"),
    path("<uuid:pk>/unsorted/", capture_views.mark_unsorted, name="mark-unsorted"),
    path("<uuid:pk>/delete/", trash_views.delete, name="delete"),
    path("<uuid:pk>/restore/", trash_views.restore, name="restore"),
    path("<uuid:pk>/remove/", trash_views.remove, name="remove"),
    path("<uuid:pk>/earlier/", version_views.earlier_versions, name="versions"),
    path("<uuid:pk>/earlier/<int:number>/", version_views.earlier_version, name="version"),
    path(
        "<uuid:pk>/earlier/<int:number>/bring-back/",
        version_views.bring_back,
        name="restore-version",
    ),
]
