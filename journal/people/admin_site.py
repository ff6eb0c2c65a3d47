"""Django's admin for the operator of this installation, at /admin/.

Its requests keep the owner's role (`ROLE_BY_PREFIX` in privacy/middleware.py), so an operator can
reach every registered model past the wall. Only accounts and content that everyone sees are
registered, never a table with someone's words. Our apps register in their admin.py; libraries
register nothing here. An operator who has a second step must pass it first. Django logs each
change with `str()` of the row, so `__str__` contains no words.
"""

from collections.abc import Callable
from functools import update_wrapper
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]

# allauth handles signing in and passwords; nothing here uses the other views.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done"}
LEFT_OUT |= {"autocomplete", "view_on_site"}


class OperatorSite(admin.AdminSite):
    site_title = site_header = _("Selftrust: operator")
    index_title = _("What you look after")
    enable_nav_sidebar = False
    final_catch_all_view = False  # unknown addresses get our 404 page

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        for_operators = super().admin_view(view, cacheable)

        @require_http_methods(["GET", "POST"])
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            from journal.people import mfa  # imports models, which are not loaded at the top

            if not self.has_permission(request):
                raise Http404
            person: Any = request.user
            if not mfa.was_shown(request) and mfa.is_set(person):
                page = mfa.page_that_asks(person)
                return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
            return for_operators(request, *args, **kwargs)

        return update_wrapper(guarded, view)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in LEFT_OUT]


class KeptRows(admin.ModelAdmin):
    """Rows that the operator may not delete: the admin has no URL for it either.

    `left_out` names all removed views, which include "add" for accounts.
    """

    left_out: tuple[str, ...] = ("delete",)

    def get_urls(self) -> list[URLPattern]:
        names = tuple(f"_{name}" for name in self.left_out)
        return [url for url in super().get_urls() if not (url.name or "").endswith(names)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OperatorAdminConfig(SimpleAdminConfig):
    default_site = "journal.people.admin_site.OperatorSite"

    def ready(self) -> None:
        super().ready()
        for app in apps.get_app_configs():
            if app.name.startswith("journal.") and module_has_submodule(app.module, "admin"):
                import_module(f"{app.name}.admin")
