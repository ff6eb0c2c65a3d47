"""Words of a person take their own direction, not that of the page. Each failure says where."""

import re
from collections.abc import Iterator
from functools import cache

from django.apps import apps

from journal.privacy.ownership import words_of
from tests.architecture.sources import TEMPLATES, name_of

# What templates call such words where they are no field themselves.
ALSO_WORDS = {"sentence", "heading", "question", "coach_name", "from_name"}
# Fields whose names also stand for something of ours: a step's title, the name of a measure.
OURS = {"action", "facts", "heading", "name", "sentence", "text", "attrs.name", "one.why"}
OURS |= {"filter.title", "step.title", "item.step.title", "looking_back.title", "month.name"}
OURS |= {
    f"{one}.name"
    for one in ("content", "fact", "flow", "group", "item", "measure", "plot", "practice", "step")
}
OURS |= {
    f"{one}.text"
    for one in ("event", "group", "held", "one", "open.row", "period", "picture", "row")
}
OURS |= {"said.text", "thing.text", "week.text", "period.length.name", "way.question"}
OURS |= {"resource.text", "measure.heading"}  # a telephone number
OURS |= {"one.answers"}  # counts, with a name that is isolated
# Where `one.name` is a period, a file or a table of ours, and not a client.
ONE_IS_OURS = {"exchange/_import_summary.html", "exchange/export.html", "insights/insights.html"}

TAG = re.compile(r"<(/?)([a-z][\w-]*)((?:{%.*?%}|{{.*?}}|\"[^\"]*\"|[^>\"{])*)>", re.DOTALL)
TITLE = re.compile(r"{% block title %}.*?{% endblock %}", re.DOTALL)
OWN = re.compile(r"\bown-words(?!-)")
FIELD = re.compile(r"<(?:textarea\b|input\b(?!.*?type=\"(?!text|search|email)))", re.DOTALL)
VOID = {"input", "br", "hr", "img", "link", "meta", "use", "path"}


@cache
def words() -> set[str]:
    names = {field.name for model in apps.get_models() for field in words_of(model)}
    return names | ALSO_WORDS


def is_words(name: str, expression: str) -> bool:
    variable, *filters = expression.split("|")
    if variable in OURS or (variable == "one.name" and name.endswith(tuple(ONE_IS_OURS))):
        return False
    if variable.endswith("label"):  # of a field or a choice; a value's is its name
        return variable.endswith("value.label") and "bdi" not in filters
    return variable.rpartition(".")[2] in words() and "bdi" not in filters


def expressions(text: str) -> Iterator[tuple[int, str]]:
    """What a template writes between its tags: the place, and the variable. Within a translated
    sentence that is what its `with` says."""
    silent = [found.span() for found in [*TAG.finditer(text), *TITLE.finditer(text)]]
    for found in re.finditer(r"{{(.*?)}}", text, re.DOTALL):
        expression, at = found[1].strip(), found.start()
        if any(start <= at < end for start, end in silent):
            continue  # an attribute, or a page's title, which takes no markup
        sentence = text.rfind("{% blocktranslate", 0, at)
        if sentence > text.rfind("{% endblocktranslate", 0, at):
            opening = text[sentence : text.index("%}", sentence)]
            given = re.search(rf"\b{re.escape(expression)}=(\S+)", opening)
            expression = given[1] if given else expression
        yield at, expression


def takes_direction(text: str, at: int) -> bool:
    open_tags: list[re.Match[str]] = []
    for tag in TAG.finditer(text, 0, at):
        if tag[1]:
            while open_tags and open_tags.pop()[2] != tag[2]:
                pass
        elif tag[2] not in VOID:
            open_tags.append(tag)
    return any(tag[2] == "bdi" or 'dir="auto"' in tag[3] for tag in open_tags)


def test_words_in_a_template_take_their_own_direction():
    bare = [
        f"{name_of(path)}:{text.count(chr(10), 0, at) + 1}: {expression}"
        for path in TEMPLATES
        for text in [path.read_text()]
        for at, expression in expressions(text)
        if is_words(name_of(path), expression) and not takes_direction(text, at)
    ]
    assert not bare, 'dir="auto" on its element, <bdi> or |bdi in a sentence:\n' + "\n".join(bare)


def test_a_place_for_words_takes_their_direction():
    bare = [
        f"{name_of(path)}: {tag[0][:80]}"
        for path in TEMPLATES
        for tag in TAG.finditer(path.read_text())
        if (OWN.search(tag[3]) or FIELD.match(tag[0])) and 'dir="auto"' not in tag[3]
    ]
    assert not bare, 'dir="auto" is missing:\n' + "\n".join(bare)
