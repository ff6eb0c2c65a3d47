"""What stands between two values is the language's: `{% comma %}`, `{% colon %}`, `beside()`."""

import re

from django.template.base import tag_re

from tests.architecture.sources import PYTHON, ROOT, TEMPLATES, name_of

WHOLE = {"blocktranslate": "endblocktranslate", "comment": "endcomment"}
NOT_TEXT = re.compile(r"<(style|script|svg|code|pre)\b.*?</\1>|<[^<>]*>", re.DOTALL)
BETWEEN = re.compile(r"(?<![^\0])\s*[,:]\s*(?![^\0])")
IN_ENGLISH_ONLY = ("templates/admin/", "templates/operation/", "templates/api/")
JOINED = re.compile(r"""(["'])[,;:] \1\.join|\bf"[^"]*\}[,:] \{""")
# Statements of SQL, files, what other apps wrote, what an operator or a program reads.
NOT_FOR_PEOPLE = re.compile(
    "operation/|embedded/|api/|/importers/|exchange/front_matter|exchange/readable/plain|page_fields|"
    "coaching/search|promises/today_query|people/signed_in|batched_queries|migration_operations|entries/tag_names|"
    "exchange/exporting|exchange/renderers|languages/checks"
)


def without_tags(text: str) -> str:
    """The text of a template, with \\0 where tags, sentences and elements were."""
    parts, at, end = [], 0, None
    for tag in tag_re.finditer(text):
        name = tag[0].strip("{%} ").partition(" ")[0]
        parts.append("" if end else text[at : tag.start()])
        end = None if name == end else end or WHOLE.get(name)
        at = tag.end()
    return NOT_TEXT.sub("\0", "\0".join([*parts, text[at:]]))


def test_no_template_puts_an_english_comma_or_colon_between_values():
    assert BETWEEN.search(without_tags("{{ a }}, <b>{{ b }}</b>"))
    assert BETWEEN.search(without_tags("<b>{% translate 'a' %}</b>:\n {{ b }}"))
    assert not BETWEEN.search(
        without_tags("{% blocktranslate %}{{ a }}, {{ b }}{% endblocktranslate %}")
    )
    found = {
        name_of(path): BETWEEN.findall(without_tags(path.read_text()))
        for path in TEMPLATES
        if not name_of(path).startswith(IN_ENGLISH_ONLY)
    }
    wrong = [name for name, places in found.items() if places]
    assert not wrong, f"{{% comma %}} or {{% colon %}}: {wrong}"


def test_what_people_read_is_not_joined_in_english():
    wrong = [
        name_of(path)
        for path in PYTHON
        if ROOT / "journal" in path.parents and not NOT_FOR_PEOPLE.search(name_of(path))
        if JOINED.search(path.read_text())
    ]
    assert not wrong, f"listed() or beside() of journal/languages/lists.py: {wrong}"
    in_templates = [name_of(path) for path in TEMPLATES if '|join:", "' in path.read_text()]
    assert not in_templates, f"The filter `beside`: {in_templates}"
