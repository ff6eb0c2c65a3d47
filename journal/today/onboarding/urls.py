from django.urls import path

from journal.today.onboarding import views

app_name = "onboarding"
urlpatterns = [
    path("", views.choose, name="start"),
    path("<uuid:pk>/", views.when, name="when"),
    path("<slug:slug>/", views.former, name="former"),
]
