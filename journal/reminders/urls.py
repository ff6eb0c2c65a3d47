from django.urls import path

from journal.reminders import device_views, views

app_name = "reminders"
urlpatterns = [
    path("", views.reminders, name="settings"),
    path("promise/<uuid:pk>/", views.of_promise, name="promise"),
    path("email/", views.email, name="email"),
    path("pause/", views.pause, name="pause"),
    path("test/", views.test, name="test"),
    path("devices/", device_views.add, name="add-device"),
    path("devices/renew/", device_views.renew, name="renew-device"),
    path("devices/<uuid:pk>/remove/", device_views.remove, name="remove-device"),
    path("devices/<uuid:pk>/test/", device_views.test, name="test-device"),
]
