"""The button that marks an entry as a favourite, and takes the mark away. Rendered here: a page of
the journal has twenty, and a template takes five times as long."""

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from journal.people.row_urls import row_url
from journal.people.templatetags.shell import icon

if TYPE_CHECKING:
    from journal.reflections.entries.models import Entry

BUTTON = (
    '<button class="star" id="star-{}" form="stars" formaction="{}" name="favourite" value="{}"'
    ' aria-pressed="{}"{}>{}<span class="star-name">{}</span>'
    '<span class="visually-hidden"> – <bdi>{}</bdi></span></button>'
)
SWAPPED = SafeString(' data-hx-swap-oob="true"')


def button(entry: "Entry", *, swapped: bool = False) -> SafeString:
    """`swapped`: as the answer to a tap, which takes the place of the button."""
    address, swap = row_url("entries:favourite", entry.pk), SWAPPED if swapped else ""
    value, pressed = ("", "true") if entry.favourite else ("1", "false")
    drawn, label = icon("star"), _("Favourite")
    return format_html(BUTTON, entry.pk, address, value, pressed, swap, drawn, label, entry.name)
