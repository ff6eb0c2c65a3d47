from django.urls import path

from journal.help import views

app_name = "help"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("keyboard/", views.keyboard, name="keyboard"),
    path("<slug:slug>/", views.practice, name="practice"),
]
