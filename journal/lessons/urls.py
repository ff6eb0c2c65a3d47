from django.urls import path

from journal.lessons import use_views, views

app_name = "lessons"
urlpatterns = [
    path("", views.lessons, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:pk>/", views.lesson, name="detail"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/return/", views.come_back, name="review"),
    path("<uuid:pk>/used/", use_views.used, name="new-use"),
    path("<uuid:pk>/keep/", views.leave_unchanged, name="keep"),
    path("<uuid:pk>/retire/", views.retire, name="retire"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
    path("uses/<uuid:pk>/", use_views.use, name="use"),
    path("uses/<uuid:pk>/answer/", use_views.answer, name="answer-use"),
    path("uses/<uuid:pk>/delete/", use_views.delete, name="delete-use"),
    path("uses/<uuid:pk>/restore/", use_views.restore, name="restore-use"),
]
