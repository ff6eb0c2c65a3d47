"""The coach area at /coach/: an AdminSite that keeps only the frame of Django's own admin.

Its requests run in the coach's role (`ROLE_BY_PREFIX`), which reads what clients shared and the
coach's own roster, notes and prompts. The other features of Django's admin have no address here: no
add, change, delete, history, actions, popups or autocomplete views, and no app list. A person who
is not a coach gets a 404. A coach passes a second factor first; this role cannot read the factors,
so a view at another address asks for it and redirects back. Whatever a page shows of a client's
words is in their access log (journal/sharing/access_log.py).
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
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal.coaching.changelist import SharedThings
from journal.people import mfa
from journal.sharing import access_log
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
                return redirect(f"{reverse('coach:second-step')}?{back}")
            person: Any = request.user
            with access_log.recorded(person.pk):
                return view(request, *args, **kwargs)

        return update_wrapper(guarded, view)


site = CoachSite(name="coach")
for kind in KINDS.values():
    site.register(kind.table, SharedThings)
