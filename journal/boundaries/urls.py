from django.urls import path

from journal.boundaries import crossing_views, rehearsal_views, telling_views, views
from journal.boundaries.steps import FLOW
from journal.guide.flow_urls import flow_urls

CROSSING, TELLING = "<uuid:pk>/crossings/<uuid:crossing>/", "<uuid:pk>/tellings/<uuid:telling>/"
REHEARSAL = "<uuid:pk>/rehearsals/<uuid:rehearsal>/"

app_name = "boundaries"
urlpatterns = [
    path("", views.boundaries, name="list"),
    *flow_urls(FLOW, views.new_boundary),
    path("areas/<slug:area>/", views.feel, name="area"),
    path("<uuid:pk>/", views.boundary, name="detail"),
    path("<uuid:pk>/review/", views.review, name="review"),
    path("<uuid:pk>/retire/", views.retire, name="retire"),
    path("<uuid:pk>/take-up/", views.take_up, name="take-up"),
    path("<uuid:pk>/tell/", telling_views.tell, name="tell"),
    path("<uuid:pk>/rehearse/", rehearsal_views.new_rehearsal, name="rehearse"),
    path(REHEARSAL, rehearsal_views.rehearsal, name="rehearsal"),
    path(f"{REHEARSAL}delete/", rehearsal_views.delete_rehearsal, name="delete-rehearsal"),
    path(f"{REHEARSAL}restore/", rehearsal_views.restore_rehearsal, name="restore-rehearsal"),
    path(TELLING, telling_views.edit_telling, name="telling"),
    path(f"{TELLING}delete/", telling_views.delete_telling, name="delete-telling"),
    path(f"{TELLING}restore/", telling_views.restore_telling, name="restore-telling"),
    path("<uuid:pk>/lessons/<uuid:lesson>/use/", views.use_lesson, name="use-lesson"),
    path("<uuid:pk>/crossings/new/", crossing_views.new_crossing, name="new-crossing"),
    path(CROSSING, crossing_views.edit_crossing, name="crossing"),
    path(f"{CROSSING}delete/", crossing_views.delete_crossing, name="delete-crossing"),
    path(f"{CROSSING}restore/", crossing_views.restore_crossing, name="restore-crossing"),
    path(f"{CROSSING}follow-up/", crossing_views.follow_up, {"done": True}, name="follow-up"),
    path(
        f"{CROSSING}follow-up/undo/",
        crossing_views.follow_up,
        {"done": False},
        name="undo-follow-up",
    ),
    path(f"{CROSSING}script/", crossing_views.renew, name="renew-script"),
]
