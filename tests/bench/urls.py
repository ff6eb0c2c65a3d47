from django.urls import path

from selftrust.urls import (  # noqa: F401
    handler400,
    handler403,
    handler404,
    handler500,
    urlpatterns,
)
from tests.bench.reference import views

urlpatterns = [
    path("bench/h8/", views.h8),
    path("bench/insert/", views.insert),
    *urlpatterns,
]
