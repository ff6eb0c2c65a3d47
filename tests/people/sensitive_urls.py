"""The addresses there are, and one that asks whether it is still them."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from journal.people.reauthentication import reauthentication_required
from selftrust.urls import handler403, handler404, handler429, urlpatterns

__all__ = ["handler403", "handler404", "handler429"]


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required
def sensitive(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        role = cursor.fetchone()[0]
    return HttpResponse(f"{request.method} {request.POST.get('body', '')} as {role}")


urlpatterns = [path("settings/sensitive/", sensitive), *urlpatterns]
