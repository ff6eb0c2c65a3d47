"""The example pages, /example/: five pages of the example person, rendered once and kept as files.

The person exists only in a transaction that is rolled back, so no database has them, and whoever
opens the pages needs none. The pages are those of the real views: what is between <main> and
</main> goes into a frame with its own navigation, without forms, and with links only to each other
and to signing up. Rendering them again is due when a template, the code, the static files or the
month has changed (`fingerprint`).
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.functional import Promise as Translatable
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from journal.embedded import static_files
from journal.operation.example import words
from journal.operation.example.person import unsaved_example_person
from journal.operation.example.still import still
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as

FINGERPRINT = "fingerprint"
MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.S)


@dataclass(frozen=True)
class ExamplePage:
    slug: str
    icon: str
    label: Translatable | str
    address: Callable[[User], str]  # of the page that it shows

    @property
    def url(self) -> str:
        return f"/example/{self.slug}/" if self.slug else "/example/"


def promise_address(person: User) -> str:
    return person.promises.finished().filter(state="active").earliest("id").get_absolute_url()


def week_address(person: User) -> str:
    week = person.weeklyreflections.finished().latest("week_start")
    return reverse("week:detail", args=[week.week_start])


PAGES = (
    ExamplePage("", "today", _("Today"), lambda person: reverse("today:today")),
    ExamplePage("journal", "journal", _("Journal"), lambda person: reverse("entries:list")),
    ExamplePage("promise", "prom", _("A promise"), promise_address),
    ExamplePage("week", "week", _("A week"), week_address),
    ExamplePage("insights", "insights", _("Insights"), lambda person: reverse("insights:overview")),
)


def folder() -> Path:
    return settings.DATA_DIR / "example"


def file_of(page: ExamplePage, language: str) -> Path:
    return folder() / f"{page.slug or 'today'}.{language}.html"


def render_where_changed() -> bool:
    """Renders the pages unless those that are there are of this code. Returns whether it did."""
    now = fingerprint()
    kept = folder() / FINGERPRINT
    if kept.exists() and kept.read_text() == now:
        return False
    folder().mkdir(exist_ok=True)
    for (page, language), html in render().items():
        file = file_of(page, language)
        half = file.with_suffix(".half")
        half.write_text(html, "utf-8")
        half.replace(file)
    kept.write_text(now)
    return True


def render() -> dict[tuple[ExamplePage, str], str]:
    """Each page in each language that is offered, of a person who writes in it."""
    found = {}
    written_for = {language: words.language_of(language) for language, _name in settings.LANGUAGES}
    for written in dict.fromkeys(written_for.values()):
        with (
            unsaved_example_person(written) as person,
            acting_as(person),
            timezone.override(clock.zone_of(person)),
        ):
            addresses = {page.address(person): page for page in PAGES}
            urls = {address: page.url for address, page in addresses.items()}
            for language in written_for:
                if written_for[language] == written:
                    with translation.override(language):
                        for address, page in addresses.items():
                            html = _framed(page, still(_main(person, address), urls))
                            found[page, language] = html
    return found


def _main(person: User, address: str) -> str:
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", address, address
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.user = request._cached_user = person  # type: ignore[attr-defined]  # Django's cache of it
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]  # its middleware sets it
    request.resolver_match = found = resolve(address)
    response = found.func(request, *found.args, **found.kwargs)
    inner = MAIN.search(response.content.decode())
    if response.status_code != 200 or inner is None:
        raise ValueError(f"{address} answers {response.status_code}, which is no page to show.")
    return inner[1]


def _framed(page: ExamplePage, main: str) -> str:
    context = {"page": page, "pages": PAGES, "main": mark_safe(main)}  # noqa: S308 - of our views
    return render_to_string("operation/example_page.html", context)


def fingerprint() -> str:
    digest = hashlib.sha256(static_files.fingerprint().encode())
    digest.update(f"{timezone.now():%Y-%m} {settings.LOCALE_PATHS} {settings.LANGUAGES}".encode())
    for root, pattern in (("templates", "*.html"), ("journal", "*.py"), ("journal", "*.json")):
        for path in sorted((settings.BASE_DIR / root).rglob(pattern)):
            found = path.stat()
            digest.update(f"{path}\0{found.st_size}\0{int(found.st_mtime)}\n".encode())
    return digest.hexdigest()
