from django.urls import path

from journal.coaching import (
    briefing_views,
    bringing_views,
    choosing_views,
    inviting_views,
    sharing_views,
    suggestion_views,
)

ITEM = "items/<slug:kind>/<uuid:pk>/"

urlpatterns = [
    path("", sharing_views.sharing, name="sharing"),
    path("invite/", inviting_views.invite, name="sharing-invite"),
    path("invitation/<str:token>/", inviting_views.invitation, name="sharing-invitation"),
    path("invitations/<uuid:pk>/withdraw/", inviting_views.withdraw, name="sharing-withdraw"),
    path("grants/", sharing_views.grants, name="sharing-grants"),
    path("grants/<uuid:pk>/", choosing_views.choose, name="sharing-link"),
    path("grants/<uuid:pk>/preview/", choosing_views.preview, name="sharing-preview"),
    path("grants/<uuid:pk>/brief/", briefing_views.brief, name="sharing-brief"),
    path("grants/<uuid:pk>/comments/", sharing_views.comments, name="sharing-comments"),
    path("grants/<uuid:pk>/end/", sharing_views.end, name="sharing-end"),
    path("shares/<uuid:pk>/take-back/", sharing_views.take_back, name="sharing-take-back"),
    path("comments/<uuid:pk>/remove/", sharing_views.remove_comment, name="sharing-comment"),
    path("suggestions/<uuid:pk>/", suggestion_views.suggestion, name="sharing-suggestion"),
    path(f"{ITEM}bring/<uuid:link>/", bringing_views.bring, name="sharing-bring"),
    path(f"{ITEM}keep-out/", bringing_views.keep_out, name="sharing-keep-out"),
    path("log/", sharing_views.log, name="sharing-log"),
    path("stop/", sharing_views.stop, name="sharing-stop"),
]
