from django.urls import path

from journal.today.onboarding import views

app_name = "onboarding"
urlpatterns = [
    path("", views.welcome, name="start"),
    path("<slug:slug>/", views.step, name="step"),
]
