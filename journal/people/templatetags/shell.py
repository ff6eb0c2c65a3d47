"""Template tags that every page uses."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from journal.languages import lists
from journal.people import row_urls, text_direction
from journal.people.models import User
from journal.people.percent import percent
from journal.privacy import form_account
from journal.privacy.keys import SealBroken
from journal.support.links import support_address

SELECTED, DISABLED = mark_safe(" selected"), mark_safe(" disabled")
WRITTEN, DRAWN_BY_BROWSERS = {"text", "search", "email", "url"}, {"hidden", "radio", "checkbox"}
TEXTAREA = "django/forms/widgets/textarea.html"
POINTING = {"back", "chev", "mist", "out", "prev"}  # mirrored where lines run from right to left

register = template.Library()
register.simple_tag(row_urls.row_url)
register.simple_tag(lists.comma)
register.simple_tag(lists.colon)
register.filter(lists.beside)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon from parts/_icons.html; decoration only, so it is hidden from screen readers."""
    points = " icon-points" if name in POINTING else ""
    icon = '<svg class="icon{}" aria-hidden="true"><use href="#i-{}"/></svg>'
    return format_html(icon, points, name)


@register.simple_tag(takes_context=True)
def shell(context: Context, name: str, part: str = "") -> SafeString:
    """A template that depends only on the language and the open part of the site, so that it is
    rendered once for each. The default part is the first segment of the path."""
    request: Any = context.get("request")
    if not part and request is not None:
        part = f"/{request.path.split('/', 2)[1]}/"
    return _rendered(name, get_language(), part=part)


@register.simple_tag(takes_context=True)
def head(context: Context, theme: str = "") -> SafeString:
    """What each page links to, rendered once for each language, theme and name of the app."""
    known = theme if theme in User.Theme else ""
    return _rendered("parts/_head.html", get_language(), theme=known, app_chosen=_app(context))


@lru_cache(maxsize=256)
def _rendered(name: str, _language: str | None, **context: str) -> SafeString:
    return render_to_string(name, context)


forget = _rendered.cache_clear


@register.simple_tag
def languages_offered() -> list[tuple[str, str]]:
    """Empty where English is the only one: its two kinds are a matter for the settings."""
    is_english = all(code.startswith("en") for code, _name in settings.LANGUAGES)
    return [] if is_english else list(settings.LANGUAGES)


@register.simple_tag(takes_context=True)
def current(context: Context, *parts: str) -> SafeString:
    """Marks the link whose part of the site is open."""
    here = context.get("part") in parts
    return mark_safe(' aria-current="page"' if here else "")  # noqa: S308 - constant


def _who_is_here(context: Context) -> Any:
    """The user, if this request has loaded it already: error pages and Support run no query."""
    person: Any = getattr(context.get("request"), "_cached_user", None)
    return person if person and person.is_authenticated else None


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Django's own tag, and the account for which the form was rendered."""
    token, person = CsrfTokenNode().render(context), _who_is_here(context)
    if not token or person is None:
        return SafeString(token)
    field = '{}<input type="hidden" name="{}" value="{}">'
    return format_html(field, token, form_account.FIELD, form_account.account_hash(person))


@register.simple_tag(takes_context=True)
def support_url(context: Context) -> str:
    return support_address(_who_is_here(context))


@register.simple_tag(takes_context=True)
def person_here(context: Context) -> Any:
    return _who_is_here(context)


@register.simple_tag(takes_context=True)
def called_here(context: Context) -> str:
    """The person's name for the account menu; empty if its key is missing, since the pages without
    words still work then."""
    person = _who_is_here(context)
    with suppress(SealBroken):
        return person.called if person else ""
    return ""


def _app(context: Context) -> User.AppName:
    """The name and icon that the person chose, or a cookie where no person is loaded."""
    if "app_chosen" in context:  # of a part that is rendered once for all who chose it
        return context["app_chosen"]
    person, request = _who_is_here(context), context.get("request")
    chosen: Any = person.app_name if person else request and request.COOKIES.get("app")
    return User.AppName(chosen) if chosen in User.AppName else User.AppName.SELFTRUST


@register.simple_tag(takes_context=True)
def app_name(context: Context) -> str:
    return str(_app(context).label)


@register.simple_tag(takes_context=True)
def app_icon(context: Context, ending: str) -> str:
    """The address of an icon of the app: `ending` is its size and kind, as "-32.png"."""
    return static(f"{_app(context).icon}{ending}")


@register.simple_tag(takes_context=True)
def is_example(context: Context) -> bool:
    """Whether the signed-in person is the example of `manage.py demo`."""
    person = _who_is_here(context)
    return bool(person and person.example_since)


register.filter("percent", percent)


@register.filter
def undo_address(tags: str) -> str:
    """The address that undoes the action of a message, if its tags contain one."""
    return next((tag for tag in (tags or "").split() if tag.startswith("/")), "")


@register.filter
def bdi(words: object) -> SafeString:
    """Words of a person within a sentence of ours: they keep their direction to themselves."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def drawn(options: SafeString | Iterable[dict[str, Any]]) -> SafeString:
    """The options of a select, in Python, unless its widget has written them: a template takes ten
    times as long."""
    if isinstance(options, SafeString):
        return options
    rows = (
        (
            one["value"],
            SELECTED if one["selected"] else "",
            DISABLED if one["attrs"].get("disabled") else "",
            one["label"],
        )
        for one in options
    )
    return format_html_join("\n", '<option dir="auto" value="{}"{}{}>{}</option>', rows)


@register.filter
def attributes(widget: dict[str, Any]) -> SafeString:
    """The attributes of a form's widget, in Python: a form has many, and a template takes a
    millisecond for eight widgets. Words take their own direction, fields look like ours, and a
    length is only counted, since a browser cuts at maxlength without a word."""
    kind, given = widget.get("type"), widget["attrs"]
    found: dict[str, Any] = {}
    if kind in WRITTEN or widget["template_name"] == TEXTAREA:
        found["dir"] = "auto"
    if not given.get("class") and kind not in DRAWN_BY_BROWSERS:
        found["class"] = "input"
    found |= {"data-most" if name == "maxlength" else name: given[name] for name in given}
    shown = {name: value for name, value in found.items() if value is not False}
    rows = (
        (name, "" if value is True else format_html('="{}"', value))
        for name, value in shown.items()
    )
    return format_html_join("", " {}{}", rows)


register.filter(text_direction.paragraphs)
