from django.urls import path

from journal.support import views

app_name = "support"
urlpatterns = [path("", views.support, name="page")]
