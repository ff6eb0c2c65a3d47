from django.urls import path

from journal.lessons import use_views, views

urlpatterns = [
    path("", views.lessons, name="lessons"),
    path("new/", views.new, name="new-lesson"),
    path("<uuid:pk>/", views.lesson, name="lesson"),
    path("<uuid:pk>/edit/", views.edit, name="edit-lesson"),
    path("<uuid:pk>/return/", views.come_back, name="lesson-return"),
    path("<uuid:pk>/used/", use_views.used, name="use-lesson"),
    path("<uuid:pk>/retire/", views.retire, name="retire-lesson"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up-lesson"),
    path("<uuid:pk>/delete/", views.delete, name="delete-lesson"),
    path("<uuid:pk>/restore/", views.restore, name="restore-lesson"),
    path("uses/<uuid:pk>/", use_views.use, name="lesson-use"),
    path("uses/<uuid:pk>/delete/", use_views.delete, name="delete-lesson-use"),
    path("uses/<uuid:pk>/restore/", use_views.restore, name="restore-lesson-use"),
]
