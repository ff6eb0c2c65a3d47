from django.urls import path

from journal.boundaries import crossings, tellings, views
from journal.boundaries.steps import FLOW
from journal.guide.views import walk_paths

CROSSING, TELLING = "<uuid:pk>/crossings/<uuid:crossing>/", "<uuid:pk>/tellings/<uuid:telling>/"

urlpatterns = [
    path("", views.boundaries, name="boundaries"),
    *walk_paths(FLOW),
    path("<uuid:pk>/", views.boundary, name="boundary"),
    path("<uuid:pk>/review/", views.review, name="review-boundary"),
    path("<uuid:pk>/retire/", views.retire, name="retire-boundary"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up-boundary"),
    path("<uuid:pk>/tell/", tellings.tell, name="tell"),
    path(TELLING, tellings.edit_telling, name="telling"),
    path(f"{TELLING}delete/", tellings.delete_telling, name="delete-telling"),
    path(f"{TELLING}restore/", tellings.restore_telling, name="restore-telling"),
    path("<uuid:pk>/crossings/new/", crossings.new_crossing, name="new-crossing"),
    path(CROSSING, crossings.edit_crossing, name="crossing"),
    path(f"{CROSSING}delete/", crossings.delete_crossing, name="delete-crossing"),
    path(f"{CROSSING}restore/", crossings.restore_crossing, name="restore-crossing"),
    path(f"{CROSSING}follow-up/", crossings.follow_up, {"done": True}, name="follow-up"),
    path(f"{CROSSING}follow-up/undo/", crossings.follow_up, {"done": False}, name="undo-follow-up"),
    path(f"{CROSSING}script/", crossings.renew, name="renew-script"),
]
