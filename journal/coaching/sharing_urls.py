from django.urls import path

from journal.coaching import inviting_views as inviting

urlpatterns = [
    path("invitation/<str:token>/", inviting.invitation, name="sharing-invitation"),
]
