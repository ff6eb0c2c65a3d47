from django.urls import path

from journal.guide.flow_urls import flow_urls
from journal.people import day_converter  # noqa: F401  # registers `day`
from journal.promises import experiment_views, lifecycle_views, part_views, views
from journal.promises.steps import FLOW

EXPERIMENT = "<uuid:pk>/two-ways/<uuid:experiment>/"

app_name = "promises"
urlpatterns = [
    path("", views.promises, name="list"),
    *flow_urls(FLOW, views.new_promise),
    path("excuse/", lifecycle_views.excuse, name="excuse-all"),
    path("<uuid:pk>/", views.promise, name="detail"),
    path("<uuid:pk>/line/", views.unpromised, name="unpromised"),
    path("<uuid:pk>/check-in/", views.check_in, name="check-in"),
    path("<uuid:pk>/week/", views.confirm_week, name="confirm-week"),
    path("<uuid:pk>/week/<day:start>/undo/", views.undo_week, name="undo-week"),
    path("<uuid:pk>/renegotiate/", lifecycle_views.renegotiate, name="renegotiate"),
    path("<uuid:pk>/pause/", lifecycle_views.pause, name="pause"),
    path("<uuid:pk>/resume/", lifecycle_views.resume, name="resume"),
    path("<uuid:pk>/retire/", lifecycle_views.retire, name="retire"),
    path("<uuid:pk>/renew/", lifecycle_views.renew, name="renew"),
    path("<uuid:pk>/keep/", lifecycle_views.leave_unchanged, name="keep"),
    path("<uuid:pk>/add/<slug:part>/", part_views.add, name="add"),
    path("<uuid:pk>/add/<slug:part>/decline/", part_views.decline, name="decline"),
    path("<uuid:pk>/lessons/<uuid:lesson>/use/", views.use_lesson, name="use-lesson"),
    path("<uuid:pk>/excuse/", lifecycle_views.excuse, name="excuse"),
    path("<uuid:pk>/two-ways/", experiment_views.new_experiment, name="two-ways"),
    path(EXPERIMENT, experiment_views.experiment, name="experiment"),
    path(f"{EXPERIMENT}stop/", experiment_views.stop, name="stop-experiment"),
    path(f"{EXPERIMENT}go-on/", experiment_views.go_on, name="go-on"),
    path(f"{EXPERIMENT}delete/", experiment_views.delete_experiment, name="delete-experiment"),
    path(f"{EXPERIMENT}restore/", experiment_views.restore_experiment, name="restore-experiment"),
]
