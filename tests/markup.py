"""Reads pages the strict way: every element is closed where it was opened.

HTML forgives nearly everything, so a missing tag shows up months later as a broken layout in one
browser. `parse` keeps a list of what was forgiven; tests/sweeps/validity.py adds what a parser
cannot know. Also used to find the forms of a page, and its visible text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
VOID |= {"track", "wbr"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)
    line: int = 0

    def __getitem__(self, name: str) -> str:
        return self.attrs.get(name) or ""

    @property
    def classes(self) -> list[str]:
        return self["class"].split()

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self.walk() if element.tag in tags]

    def texts(self) -> Iterator[tuple["Element", str]]:
        """Every piece of text, with the element it stands in."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield self, child

    @property
    def value(self) -> str:
        """The text to the letter, as a field sends it."""
        return "".join(text for _, text in self.texts())

    @property
    def text(self) -> str:
        """As a person reads it: runs of white space are one blank."""
        return re.sub(r" *\n[ \n]*", " ", self.value).strip()

    def inside(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.ancestors())

    def ancestors(self) -> Iterator["Element"]:
        element = self.parent
        while element:
            yield element
            element = element.parent


class StrictParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#document")
        self.at = self.root
        self.errors: list[str] = []

    def error(self, text: str) -> None:
        self.errors.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for name in {name for name in names if names.count(name) > 1}:
            self.error(f"<{tag}> says {name} twice")
        element = Element(tag, dict(attrs), self.at, line=self.getpos()[0])
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in VOID:
            return
        if not self.at.inside("svg") and tag != "svg":
            self.error(f"<{tag}/> does not close itself in HTML")
        self.at = self.at.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag == self.at.tag:
            self.at = self.at.parent or self.root
        else:
            self.error(f"</{tag}> closes <{self.at.tag}> of line {self.at.line}")

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


@lru_cache(maxsize=1)  # several look at one page, and none of them changes it
def parse(html: str) -> tuple[Element, list[str]]:
    """The document, and what a lenient browser would have had to repair."""
    parser = StrictParser()
    parser.feed(html)
    parser.close()
    if parser.at is not parser.root:
        parser.error(f"<{parser.at.tag}> of line {parser.at.line} is never closed")
    return parser.root, parser.errors


@dataclass
class Form:
    """A form as a browser without JavaScript would send it."""

    action: str
    method: str
    fields: dict[str, str]  # name -> what is sent if nobody touches it
    typed: dict[str, str]  # fields that take free text and show it again: name -> type
    areas: list[str]  # those of them that take several lines
    hidden: set[str]  # fields that no one sees
    button: tuple[str, str] | None = None
    forgets: bool = False  # a browser that goes back to it brings back no words


TYPED = {"", "text", "search", "email", "url", "tel", "date", "time", "number", "datetime-local"}


def forms_of(root: Element) -> list[Form]:
    return [_form(element, _from_outside(root, element["id"])) for element in root.all("form")]


def forms_of_buttons(root: Element) -> list[Form]:
    """What the buttons send that have an address of their own."""
    forms = []
    for button in root.all("button"):
        form = next((one for one in root.all("form") if _belongs(button, one)), None)
        if form and button["formaction"]:
            sent = _form(form, _from_outside(root, form["id"]))
            named = (button["name"], button["value"]) if button["name"] else None
            forms.append(replace(sent, action=button["formaction"], button=named))
    return forms


def _belongs(button: Element, form: Element) -> bool:
    if button["form"]:
        return button["form"] == form["id"]
    return any(one is button for one in form.walk())


def _from_outside(root: Element, form_id: str) -> list[Element]:
    """Fields that stand elsewhere on the page and name their form."""
    fields = root.all("input", "textarea", "select") if form_id else []
    return [field for field in fields if field["form"] == form_id]


def _form(element: Element, outside: list[Element]) -> Form:
    form = Form(element["action"], element["method"].lower() or "get", {}, {}, [], set())
    form.forgets = element["autocomplete"] == "off"
    for control in [*element.all("input", "textarea", "select", "button"), *outside]:
        name, kind = control["name"], control["type"].lower()
        if not name or "disabled" in control.attrs:
            continue
        if control.tag == "button":
            form.button = form.button or (name, control["value"])
        elif control.tag == "textarea":
            form.fields[name] = control.value.removeprefix("\n")
            if "hidden" in control.attrs:
                form.hidden.add(name)
            else:
                form.typed[name] = "text"
                form.areas.append(name)
        elif control.tag == "select":
            form.fields[name] = _selected(control)
        elif kind in {"checkbox", "radio"}:
            form.fields.setdefault(name, "")
            if "checked" in control.attrs:
                form.fields[name] = control["value"] if "value" in control.attrs else "on"
        else:
            form.fields[name] = control["value"]
            if kind in TYPED:
                form.typed[name] = kind or "text"
            elif kind == "hidden":
                form.hidden.add(name)
    return form


def _selected(select: Element) -> str:
    options = select.all("option")
    chosen = [option for option in options if "selected" in option.attrs] or options[:1]
    return chosen[0].attrs.get("value") or "" if chosen else ""
