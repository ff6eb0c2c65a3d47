from django.urls import path

from journal.api import views

app_name = "api"
urlpatterns = [
    path("", views.manage, name="tokens"),
    path("<uuid:pk>/end/", views.end, name="end"),
]
