"""Pages that only the tests of the wall have: each does one thing the wall must cope with."""

from collections.abc import Iterator

from allauth.core.exceptions import ImmediateHttpResponse
from django.db import IntegrityError, connection, transaction
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from journal.reflections.entries.models import Entry

LIST = engines["django"].from_string("{% for entry in entries %}[{{ entry.body }}]{% endfor %}")


def _write(request: HttpRequest) -> None:
    entry = Entry.new_for(request.user)
    entry.body = "written on the way"
    entry.save(force_insert=True)


def lazy(request: HttpRequest) -> TemplateResponse:
    """The query runs while the template is rendered, after the view is over; it has no filter."""
    return TemplateResponse(request, LIST, {"entries": Entry.objects.order_by("created_at")})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def rows() -> Iterator[str]:
        for entry in Entry.objects.order_by("created_at"):
            yield f"[{entry.body}]"

    response = StreamingHttpResponse(rows(), content_type="text/plain")
    response.set_cookie("seen", "yes")
    return response


def download(request: HttpRequest) -> FileResponse:
    return FileResponse(request.file, as_attachment=True, filename="journal.txt")


def who(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_setting('selftrust.person', true)")
        role, person = cursor.fetchone()
    return HttpResponse(f"{role} {person}")


def answers_500(request: HttpRequest) -> HttpResponse:
    _write(request)
    return HttpResponse("no", status=500)


def raises(request: HttpRequest) -> HttpResponse:
    _write(request)
    raise RuntimeError("on purpose")


def raises_404(request: HttpRequest) -> HttpResponse:
    _write(request)
    raise Http404


def raises_a_redirect(request: HttpRequest) -> HttpResponse:
    """As allauth does: the exception is an answer like any other."""
    _write(request)
    raise ImmediateHttpResponse(HttpResponseRedirect("/"))


def breaks_a_rule(request: HttpRequest) -> HttpResponse:
    """A constraint refuses the second row; the view goes on."""
    _write(request)
    entry = Entry.objects.first()
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return HttpResponse("refused")
    return HttpResponse("accepted")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(f"nothing; {Entry.objects.count()} of yours", status=404)


handler404 = not_found
handler500 = "journal.people.error_views.server_error"

urlpatterns = [
    path("lazy/", lazy),
    path("streamed/", streamed),
    path("download/", download),
    path("who/", who),
    path("accounts/who/", who),
    path("coach/who/", who),
    path("accountswho/", who),
    path("answers-500/", answers_500),
    path("raises/", raises),
    path("raises-404/", raises_404),
    path("raises-a-redirect/", raises_a_redirect),
    path("breaks-a-rule/", breaks_a_rule),
    path("", include("selftrust.urls")),
]
