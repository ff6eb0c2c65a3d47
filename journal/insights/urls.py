from django.urls import path

from journal.insights import views

app_name = "insights"
urlpatterns = [
    path("", views.insights, name="overview"),
    path("how-sure/", views.how_sure, name="how-sure"),
    path("grown/", views.grown, name="grown"),
    path("figures.csv", views.csv, name="csv"),
]
