from django.urls import path

from journal.search import views

urlpatterns = [path("", views.search, name="search")]
