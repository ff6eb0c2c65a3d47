"""The direction of words that may be of another script than the sentence around them."""

from django.utils.html import linebreaks
from django.utils.safestring import SafeData, SafeString, mark_safe

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def isolate(words: object) -> str:
    """Wraps words for a sentence without markup, so that they do not turn what stands around them
    (Unicode Bidirectional Algorithm, FSI and PDI). In HTML it is `<bdi>`."""
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"


def paragraphs(words: str) -> SafeString:
    """Django's `linebreaks`, in which each paragraph takes its own direction."""
    html = linebreaks(words, autoescape=not isinstance(words, SafeData))
    return mark_safe(html.replace("<p>", '<p dir="auto">'))  # noqa: S308 - escaped
