from django.urls import path

from journal.today.welcome import views

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("<slug:slug>/", views.step, name="welcome-step"),
]
