from django.urls import path

from journal.guide.views import walk_paths
from journal.promises import changes, views
from journal.promises.steps import FLOW

urlpatterns = [
    path("", views.promises, name="promises"),
    *walk_paths(FLOW, views.begun),
    path("excuse/", changes.excuse, name="excuse-promises"),
    path("<uuid:pk>/", views.promise, name="promise"),
    path("<uuid:pk>/check-in/", views.check_in, name="check-in"),
    path("<uuid:pk>/week/", views.confirm_week, name="confirm-week"),
    path("<uuid:pk>/renegotiate/", changes.renegotiate, name="renegotiate-promise"),
    path("<uuid:pk>/pause/", changes.pause, name="pause-promise"),
    path("<uuid:pk>/resume/", changes.resume, name="resume-promise"),
    path("<uuid:pk>/retire/", changes.retire, name="retire-promise"),
    path("<uuid:pk>/keep/", changes.keep, name="keep-promise"),
    path("<uuid:pk>/excuse/", changes.excuse, name="excuse-promise"),
]
