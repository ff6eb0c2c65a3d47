from django.urls import path

from journal.offline import views

app_name = "offline"
urlpatterns = [
    path("sw.js", views.service_worker, name="worker"),
    path("offline/", views.offline, name="page"),
    path("offline/grounding/", views.grounding, name="grounding"),
    path("offline/outbox/", views.outbox, name="outbox"),
]
