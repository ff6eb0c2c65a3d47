from django.urls import path

from journal.reflections.entries.entry_templates import views

app_name = "entry_templates"
urlpatterns = [
    path("", views.entry_templates, name="list"),
    path("<uuid:pk>/", views.entry_template, name="detail"),
    path("<uuid:pk>/delete/", views.delete, name="delete"),
    path("<uuid:pk>/restore/", views.restore, name="restore"),
]
