from django.urls import path

from journal.promises import changes, views

urlpatterns = [
    path("", views.promises, name="promises"),
    path("new/", views.new, name="new-promise"),
    path("excuse/", changes.excuse, name="excuse-promises"),
    path("trash/", views.trash, name="removed-promises"),
    path("<uuid:pk>/", views.promise, name="promise"),
    path("<uuid:pk>/step/<slug:slug>/", views.step, name="promise-step"),
    path("<uuid:pk>/draft/", views.draft, name="promise-draft"),
    path("<uuid:pk>/delete/", views.delete, name="delete-promise"),
    path("<uuid:pk>/restore/", views.restore, name="restore-promise"),
    path("<uuid:pk>/check-in/", views.check_in, name="check-in"),
    path("<uuid:pk>/week/", views.confirm_week, name="confirm-week"),
    path("<uuid:pk>/renegotiate/", changes.renegotiate, name="renegotiate-promise"),
    path("<uuid:pk>/pause/", changes.pause, name="pause-promise"),
    path("<uuid:pk>/resume/", changes.resume, name="resume-promise"),
    path("<uuid:pk>/retire/", changes.retire, name="retire-promise"),
    path("<uuid:pk>/keep/", changes.keep, name="keep-promise"),
    path("<uuid:pk>/excuse/", changes.excuse, name="excuse-promise"),
]
