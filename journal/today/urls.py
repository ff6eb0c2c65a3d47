from django.urls import path

from journal.today import views

urlpatterns = [
    path("", views.today, name="today"),
    path("check/", views.check, name="daily-check"),
    path("prompt/", views.another_prompt, name="todays-prompt"),
    path("visits/<uuid:pk>/let-go/", views.let_visit_go, name="let-visit-go"),
]
