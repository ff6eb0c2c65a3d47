from django.urls import path

from journal.today import views

app_name = "today"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/check/", views.check, name="check"),
    path("today/prompt/", views.another_prompt, name="prompt"),
    path("today/visits/<uuid:pk>/let-go/", views.let_visit_go, name="dismiss-visit"),
    path("practices/", views.practices, name="practices"),
]
