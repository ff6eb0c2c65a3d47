"""What HTML does not allow: what tests/markup.py had to forgive, and what a parser cannot know."""

from collections import Counter

from tests.markup import Element, parse

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "form")
# Only text and what belongs into a line of text may stand in these.
LINE = {"a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "del", "dfn", "em"}
LINE |= {"i", "img", "input", "ins", "kbd", "label", "mark", "meter", "output", "picture", "q", "s"}
LINE |= {"progress", "samp", "script", "select", "small", "span", "strong", "sub", "sup", "svg"}
LINE |= {"template", "textarea", "time", "u", "var", "wbr"}
HOLDS_LINE = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "b", "i", "em", "strong", "small"}
HOLDS_LINE |= {"label", "button", "legend", "summary", "a", "time", "cite", "q", "code", "kbd"}
HOLDS_LINE |= {"mark", "ins", "del", "pre", "dt"}
ALSO = {"legend": {"h1", "h2", "h3"}, "summary": {"h1", "h2", "h3"}, "a": {"div", "p", "h2", "h3"}}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
}
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "caption": {"table"},
    "figcaption": {"figure"},
}
INTERACTIVE = {"a", "button", "select", "textarea", "input", "label", "summary", "details"}
NOT_IN_HTML = {"center", "font", "big", "tt", "strike", "marquee", "blink", "acronym", "frame"}
NUMBERS = ("rows", "maxlength", "minlength", "tabindex", "colspan", "rowspan", "width", "height")


def faults_in(html: str) -> list[str]:
    document, errors = parse(html)
    faults = list(errors)
    elements = [one for one in document.walk() if one.tag != "#document"]
    if not html.lstrip().lower().startswith("<!doctype html>"):
        faults.append("does not begin with <!doctype html>")
    ids = Counter(one["id"] for one in elements if "id" in one.attrs)
    faults += [f"id {name!r} is there {count} times" for name, count in ids.items() if count > 1]
    for element in elements:
        if not element.inside("svg"):
            faults += [f"line {element.line}: {fault}" for fault in _faults_of(element, ids)]
    for tag in ("html", "head", "title", "body", "main", "h1"):
        if len(document.all(tag)) != 1:
            visible = [one for one in document.all(tag) if _is_shown(one)]
            if len(visible) != 1:
                faults.append(f"<{tag}> is there {len(visible)} times")
    return faults


def _is_shown(element: Element | None) -> bool:
    """A page may hold the heads of several states, and show one."""
    while element:
        if element.tag in ("svg", "template") or "hidden" in element.attrs:
            return False
        element = element.parent
    return True


def _faults_of(element: Element, ids: Counter[str]) -> list[str]:
    faults = []
    tag, parent = element.tag, element.parent
    assert parent is not None
    if tag in NOT_IN_HTML:
        faults.append(f"<{tag}> is not in HTML any more")
    if "style" in element.attrs or any(name.startswith("on") for name in element.attrs):
        faults.append(f"<{tag}> has inline style or script, which the policy refuses")
    if element.attrs.get("id") == "" or " " in element["id"]:
        faults.append(f"<{tag}> has the id {element['id']!r}")
    # What a script takes out of a <template> may be a part of anything.
    if tag in PARENTS and parent.tag not in PARENTS[tag] | {"template"}:
        faults.append(f"<{tag}> in <{parent.tag}>")
    if parent.tag in CHILDREN and tag not in CHILDREN[parent.tag] | {"script", "template"}:
        faults.append(f"<{tag}> in <{parent.tag}>")
    if parent.tag in HOLDS_LINE and tag not in LINE | ALSO.get(parent.tag, set()):
        faults.append(f"<{tag}> in <{parent.tag}>")
    if tag in INTERACTIVE and tag != "input" and element.inside("a", "button"):
        faults.append(f"<{tag}> in something that can be clicked")
    if tag == "form" and element.inside("form"):
        faults.append("<form> in <form>")
    if any(name.startswith("hx-") for name in element.attrs):
        faults.append(f"<{tag}> has an hx- attribute; data-hx- does the same and is HTML")
    if tag == "svg" and "hidden" in element.attrs:
        faults.append("<svg hidden>: only elements of HTML can be hidden; put it in a <div hidden>")
    if element["type"] == "email" and element["autocomplete"].startswith("username"):
        faults.append("a user name to be filled in cannot be of type email; inputmode will do")
    if tag == "img" and "alt" not in element.attrs:
        faults.append("<img> without alt")
    if tag == "a" and not element["href"]:
        faults.append("<a> without href")
    for name in NUMBERS:
        if name in element.attrs and not element[name].lstrip("-").isdigit():
            faults.append(f'<{tag} {name}="{element[name]}"> is no number')
    for name in REFERENCES:
        if element["type"] == "hidden" and name == "aria-describedby":
            continue  # Django names the help text of a hidden field, and nobody is ever told it
        missing = [one for one in element[name].split() if one not in ids]
        faults += [f"{name} names {one!r}, which is not there" for one in missing]
    if element["href"].startswith("#") and element["href"][1:] not in ids:
        faults.append(f"link to {element['href']}, which is not there")
    return faults
