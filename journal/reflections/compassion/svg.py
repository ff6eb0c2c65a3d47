"""The strength of a feeling before and after, as an SVG line from 0 to 10, next to its text."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

LEFT, STEP = 6, 14  # pixels: the place of 0, and the distance between two numbers


def draw_scale(before: int, after: int, *, sharper: bool) -> SafeString:
    """Dotted if the feeling grew stronger, so that the ends alone need not show the direction."""
    x_before, x_after = LEFT + STEP * before, LEFT + STEP * after
    return format_html(
        '<svg class="day-strip" viewBox="0 0 152 20" width="152" height="20" aria-hidden="true">'
        '<line class="base" x1="6" x2="146" y1="10" y2="10"/>'
        '<line class="base" x1="6" x2="6" y1="6" y2="14"/>'
        '<line class="base" x1="76" x2="76" y1="6" y2="14"/>'
        '<line class="base" x1="146" x2="146" y1="6" y2="14"/>'
        '<line x1="{before}" x2="{after}" y1="10" y2="10" stroke="currentColor"'
        ' stroke-width="2.5" stroke-linecap="round" stroke-dasharray="{dashes}"/>'
        '<circle cx="{before}" cy="10" r="4.5" fill="var(--bg)" stroke="currentColor"'
        ' stroke-width="2"/><circle class="stroke" cx="{after}" cy="10" r="5.5"/></svg>',
        before=x_before,
        after=x_after,
        dashes="1 5" if sharper else "none",
    )
