from django.urls import path

from journal.people import value_views

urlpatterns = [
    path("", value_views.values, name="values"),
    path("<uuid:pk>/", value_views.value, name="value"),
    path("<uuid:pk>/place/", value_views.place, name="place-value"),
    path("<uuid:pk>/delete/", value_views.delete, name="delete-value"),
    path("<uuid:pk>/restore/", value_views.restore, name="restore-value"),
]
