from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from journal.operation.example.pages import PAGES, file_of
from journal.people.error_views import error_page

NOT_YET = (_("Not ready yet"), _("The example is being made. Try again in a minute."))


@require_GET
def example(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A file that `manage.py example_pages` has made; no database, no session, no cookie."""
    page = next(one for one in PAGES if one.slug == slug)
    try:
        return HttpResponse(file_of(page, get_language() or settings.LANGUAGE_CODE).read_bytes())
    except OSError:
        return error_page(request, 404, NOT_YET)
