from django.urls import path

from journal.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("check/", views.check, name="check"),
    path("prompt/", views.another_prompt, name="prompt"),
    path("visits/<uuid:pk>/let-go/", views.let_visit_go, name="dismiss-visit"),
]
