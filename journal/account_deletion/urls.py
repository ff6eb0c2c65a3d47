from django.urls import path

from journal.account_deletion import views

app_name = "account_deletion"
urlpatterns = [path("", views.delete, name="delete")]
