from django.urls import path

from journal.operation import views

app_name = "operation"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("log/", views.log, name="log"),
]
