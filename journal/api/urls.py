from django.urls import path

from journal.api import views
from journal.api.operations import api

urlpatterns = [
    path("", views.description, name="api-description"),
    path("v1/openapi.json", views.openapi, name="api-openapi"),
    path("v1/", api.urls),
]
