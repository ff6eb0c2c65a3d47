"""Turns a part of a page into one that can only be looked at: no form, no script, no way out."""

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

CONTROLS = {"button", "input", "select", "textarea"}
DROPPED = {"script", "template"}  # with what they hold
OF_FORMS = {"action", "method", "name", "formaction", "enctype", "autofocus"}

Attributes = list[tuple[str, str | None]]


def still(html: str, urls: Mapping[str, str]) -> str:
    """The part without anything to send. Links to the addresses in `urls` lead to their values;
    other links lead nowhere, but for those within the page and to the support page."""
    parser = _Still(urls)
    parser.feed(html)
    parser.close()
    return "".join(parser.written)


class _Still(HTMLParser):
    def __init__(self, urls: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.urls = urls
        self.written: list[str] = []
        self.dropping = 0

    def write(self, text: str) -> None:
        if not self.dropping:
            self.written.append(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in DROPPED:
            self.dropping += 1
        elif tag == "form":
            self.write(_tag("div", _without(attrs)))
        elif tag in CONTROLS:
            if ("type", "hidden") not in attrs:
                self.write(_tag(tag, [*_without(attrs), ("disabled", None)]))
        elif tag == "a":
            self.write(_tag("a", [*_without(attrs, "href"), *self.href(attrs)]))
        elif any(name.startswith("data-") for name, _value in attrs):
            self.write(_tag(tag, _without(attrs)))
        else:
            self.write(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.write(self.get_starttag_text() or "")  # of a drawing

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.dropping -= 1
        else:
            self.write(f"</{'div' if tag == 'form' else tag}>")

    def href(self, attrs: Attributes) -> Attributes:
        address = dict(attrs).get("href") or ""
        if address.startswith(("#", "/support/")):
            return [("href", address)]
        path, _question, _query = address.partition("?")
        return [("href", self.urls[path])] if path in self.urls else []

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")


def _without(attrs: Attributes, *names: str) -> Attributes:
    left_out = OF_FORMS | {*names}
    return [one for one in attrs if one[0] not in left_out and not one[0].startswith("data-")]


def _tag(tag: str, attrs: Attributes) -> str:
    given = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs
    )
    return f"<{tag}{given}>"
