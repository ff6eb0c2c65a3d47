"""The coach area at /coach/: an AdminSite without anything of Django's own admin but its frame.

Its requests run as the coach's role, which reads what clients shared and the coach's own
roster, notes and prompts. What Django's admin would add to that has no address here: no adding,
changing or deleting, no history, actions, popups or completion, no list of apps. Who is no coach
finds nothing. A coach shows a second step first; what they have set up cannot be read in this role,
so that is asked for at another address, which comes back.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from journal.coaching import (
    client_views,
    item_views,
    library_views,
    note_views,
    roster_views,
    search_views,
    suggest_views,
)
from journal.coaching.changelist import SharedThings
from journal.people import mfa
from journal.sharing.shareable import KINDS

View = Callable[..., HttpResponseBase]


class CoachSite(admin.AdminSite):
    site_title = site_header = index_title = _("Coach area")
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        person: Any = request.user
        return bool(person.is_active and person.coaches_since)

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            if settings.COACH_MFA and not mfa.was_shown(request):
                back = urlencode({"next": request.path})
                return redirect(f"{reverse('coach-second-step')}?{back}")
            return view(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [path(route, self.admin_view(view), name=name) for route, view, name in ADDRESSES]

    @property
    def urls(self) -> tuple[list[URLPattern | URLResolver], str, str]:
        return self.get_urls(), "coach", self.name


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
    ("suggest/", suggest_views.choose, "choose"),
    ("library/", library_views.library, "library"),
    ("library/<uuid:pk>/", library_views.prompt, "prompt"),
    ("library/<uuid:pk>/delete/", library_views.delete, "delete-prompt"),
    ("library/<uuid:pk>/restore/", library_views.restore, "restore-prompt"),
    ("search/", search_views.search, "search"),
    ("shared/<str:kind>/", item_views.shared, "shared"),
    ("shared/<str:kind>/<uuid:pk>/", item_views.item, "item"),
]

site = CoachSite(name="coach")
for kind in KINDS.values():
    site.register(kind.table, SharedThings)
