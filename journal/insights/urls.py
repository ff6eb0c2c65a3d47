from django.urls import path

from journal.insights import views

urlpatterns = [
    path("", views.insights, name="insights"),
    path("figures.csv", views.figures, name="figures"),
]
