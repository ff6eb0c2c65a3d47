"""The coach area, with each view guarded by the site; and the view for the second factor."""

from django.urls import path

from journal.coaching import (
    client_views,
    handover_views,
    item_views,
    library_views,
    note_views,
    program_views,
    roster_views,
    search_views,
    session_views,
    suggest_views,
    team_views,
)
from journal.coaching.admin_site import View, site
from journal.coaching.mfa_views import require_second_step

ADDRESSES: list[tuple[str, View, str]] = [
    ("", roster_views.roster, "index"),
    ("invitations/<uuid:pk>/take-back/", roster_views.take_back, "take-back"),
    ("clients/<uuid:pk>/", client_views.client, "client"),
    ("clients/<uuid:pk>/brief/", client_views.brief, "brief"),
    ("clients/<uuid:pk>/sessions/", client_views.sessions, "sessions"),
    ("clients/<uuid:pk>/notes/", note_views.add, "add-note"),
    ("clients/<uuid:pk>/suggest/", suggest_views.suggest, "suggest"),
    ("notes/<uuid:pk>/", note_views.note, "note"),
    ("notes/<uuid:pk>/delete/", note_views.delete, "delete-note"),
    ("notes/<uuid:pk>/restore/", note_views.restore, "restore-note"),
    ("sessions/<uuid:pk>/", session_views.session, "session"),
    ("sessions/<uuid:pk>/autosave/", session_views.autosave, "autosave-session"),
    ("sessions/<uuid:pk>/notes/", note_views.add_to_session, "add-session-note"),
    ("agreements/<uuid:pk>/", session_views.agreement, "agreement"),
    ("agreements/<uuid:pk>/withdraw/", session_views.withdraw, "withdraw-agreement"),
    ("clients/<uuid:pk>/another-coach/", handover_views.another_coach, "another-coach"),
    ("handovers/<uuid:pk>/withdraw/", handover_views.withdraw, "withdraw-handover"),
    ("team/", team_views.team, "team"),
    ("team/settings/", team_views.settings, "team-settings"),
    ("team/mark/", team_views.mark, "team-mark"),
    ("team/leave/", team_views.leave, "leave-team"),
    ("team/asked/", team_views.dismiss, "dismiss-asked"),
    ("team/invitations/<uuid:pk>/take-back/", team_views.take_back, "take-back-coach"),
    ("team/coaches/<uuid:pk>/ask/", team_views.ask, "ask-coach"),
    ("team/coaches/<uuid:pk>/remove/", team_views.remove, "remove-coach"),
    ("team/coaches/<uuid:pk>/appoint/", team_views.appoint, "appoint-coach"),
    ("suggest/", suggest_views.choose, "choose"),
    ("library/", library_views.library, "library"),
    ("library/<uuid:pk>/", library_views.prompt, "prompt"),
    ("library/<uuid:pk>/delete/", library_views.delete, "delete-prompt"),
    ("library/<uuid:pk>/restore/", library_views.restore, "restore-prompt"),
    ("templates/", library_views.add_template, "add-template"),
    ("templates/<uuid:pk>/", library_views.template, "template"),
    ("templates/<uuid:pk>/delete/", library_views.delete_template, "delete-template"),
    ("templates/<uuid:pk>/restore/", library_views.restore_template, "restore-template"),
    ("programs/", program_views.listing, "programs"),
    ("programs/new/", program_views.new, "new-program"),
    ("programs/<uuid:pk>/", program_views.program, "program"),
    ("programs/<uuid:pk>/offer/", program_views.offer, "offer"),
    ("programs/<uuid:pk>/delete/", program_views.delete, "delete-program"),
    ("programs/<uuid:pk>/restore/", program_views.restore, "restore-program"),
    ("client-programs/<uuid:pk>/", program_views.of_client, "client-program"),
    ("search/", search_views.search, "search"),
    ("shared/<str:kind>/", item_views.shared, "shared"),
    ("shared/<str:kind>/<uuid:pk>/", item_views.item, "item"),
    ("photos/<uuid:pk>/<slug:size>/", item_views.photo, "photo"),
]

app_name = "coach"
urlpatterns = [
    *(path(f"coach/{route}", site.admin_view(view), name=name) for route, view, name in ADDRESSES),
    path("accounts/coach/", require_second_step, name="second-step"),
]
