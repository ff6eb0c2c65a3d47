from django.urls import path

from journal.sharing import (
    agreement_views,
    brief_views,
    handover_views,
    invitation_views,
    item_sharing_views,
    program_views,
    sharing_form_views,
    suggestion_views,
    talk_views,
    views,
)

ITEM = "items/<slug:kind>/<uuid:pk>/"

app_name = "sharing"
urlpatterns = [
    path("", views.sharing, name="overview"),
    path("invite/", invitation_views.invite, name="invite"),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("invitations/<uuid:pk>/withdraw/", invitation_views.withdraw, name="withdraw"),
    path("grants/", views.grants, name="grants"),
    path("grants/<uuid:pk>/", sharing_form_views.choose, name="link"),
    path("grants/<uuid:pk>/preview/", sharing_form_views.preview, name="preview"),
    path("grants/<uuid:pk>/brief/", brief_views.brief, name="brief"),
    path("grants/<uuid:pk>/agreements/", agreement_views.board, name="agreements"),
    path("grants/<uuid:pk>/zone/", agreement_views.zone, name="zone"),
    path("grants/<uuid:pk>/comments/", views.comments, name="comments"),
    path("grants/<uuid:pk>/address/", views.address, name="address"),
    path("grants/<uuid:pk>/receipt/", views.receipt, name="receipt"),
    path("grants/<uuid:pk>/end/", views.end, name="end"),
    path("shares/<uuid:pk>/take-back/", views.take_back, name="take-back"),
    path("comments/<uuid:pk>/remove/", views.remove_comment, name="comment"),
    path("comments/<uuid:pk>/restore/", views.restore_comment, name="restore-comment"),
    path("suggestions/<uuid:pk>/", suggestion_views.suggestion, name="suggestion"),
    path("programs/<uuid:pk>/", program_views.program, name="program"),
    path("agreements/<uuid:pk>/", agreement_views.agreement, name="agreement"),
    path(f"{ITEM}comments/<uuid:link>/", talk_views.conversation, name="talk"),
    path("handovers/<uuid:pk>/", handover_views.handover, name="handover"),
    path(f"{ITEM}bring/<uuid:link>/", item_sharing_views.bring, name="bring"),
    path(f"{ITEM}keep-out/", item_sharing_views.keep_out, name="keep-out"),
    path("log/", views.log, name="log"),
    path("stop/", views.stop, name="stop"),
]
