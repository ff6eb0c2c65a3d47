"""Rules of templates, and of the classes and scripts they name. Each failure says what to do."""

import json
import re
from pathlib import Path

from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.loader_tags import ExtendsNode
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch

from tests.architecture.sources import PYTHON, ROOT, TEMPLATES, name_of

LONGEST_TEMPLATE, LONGEST_LINE = 120, 140


def test_a_template_is_short_enough():
    long = {name_of(path): len(path.read_text().splitlines()) for path in TEMPLATES}
    long = {name: lines for name, lines in long.items() if lines > LONGEST_TEMPLATE}
    assert not long, f"More than {LONGEST_TEMPLATE} lines: a template of that length is two. {long}"


NAMED_BY_LIBRARIES = {"allauth", "django"}


def is_page(path: Path) -> bool:
    text = path.read_text()
    return "{% extends" in text or "<!doctype" in text


def test_a_partial_and_nothing_else_begins_with_an_underscore():
    """A partial is included, or is the answer to htmx: it extends nothing and is no document."""
    ours = [path for path in TEMPLATES if not NAMED_BY_LIBRARIES & set(path.parts)]
    wrong = [name_of(path) for path in ours if is_page(path) == path.name.startswith("_")]
    assert not wrong, f"{wrong}: a partial is called _name.html, a page name.html."
    included = {name for path in TEMPLATES for name in INCLUDED.findall(path.read_text())}
    here = (ROOT / "templates" / name.partition("#")[0] for name in included)
    pages = [name_of(path) for path in here if path.exists() and is_page(path)]
    assert not pages, f"{pages}: a page is not included; what two pages share is a partial."


def test_a_line_of_a_template_fits_a_screen():
    long = [
        f"{name_of(path)}:{number}"
        for path in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not long, f"More than {LONGEST_LINE} characters: {long}"


FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
INCLUDED = re.compile(r"{% include \"([^\"]+)\"")


WITHOUT_CSRF = {"templates/reminders/unsubscribe.html"}  # an access token stands in its address


def test_a_form_works_without_javascript():
    """It says where it goes and how, and a POST brings its token along."""
    wrong = []
    for path in TEMPLATES:
        for form in FORM.findall(path.read_text()):
            parts = (ROOT / "templates" / part for part in INCLUDED.findall(form))
            whole = form + "".join(part.read_text() for part in parts)
            opening = TAG.sub("x", whole).split(">", 1)[0]
            missing = [one for one in ("action=", "method=") if one not in opening]
            has_token = "{% csrf_token %}" in whole or name_of(path) in WITHOUT_CSRF
            if 'method="post"' in opening and not has_token:
                missing.append("{% csrf_token %}")
            wrong += [f"{name_of(path)}: {opening}: {one} is missing" for one in missing]
    assert not wrong, "\n".join(wrong)


FIELD = re.compile(r"<(?:textarea|input)\b(?:{%.*?%}|{{.*?}}|[^>])*>", re.DOTALL)
# A field in which nobody writes words, or that hands back what was refused.
WITHOUT_LIMIT = re.compile(
    r"\b(?:hidden|readonly)\b|type=\"(?:radio|checkbox|password|date|file|{{)|name=\"login\"|held"
)
LIBRARY = {"templates/allauth/elements/field.html", "templates/account/send_on.html"}


def test_no_field_cuts_what_is_pasted_and_each_counts():
    """A browser cuts at maxlength without a word; static/js/counter.js counts to data-most."""
    wrong = []
    for path in TEMPLATES:
        text = path.read_text()
        assert "maxlength=" not in text, f"{name_of(path)}: use data-most"
        for field in FIELD.findall(text) if name_of(path) not in LIBRARY else ():
            if "data-most" not in field and not WITHOUT_LIMIT.search(field):
                wrong.append(f"{name_of(path)}: {field}: data-most is missing")
    assert not wrong, "\n".join(wrong)


OF_ITS_OWN = re.compile(r'<style\b|<script(?![^>]*\bsrc=)|\s(?:style|on\w+)=["\']|javascript:')


STANDALONE = {  # a file of an export, and a mail: no policy of ours applies to them
    "templates/exchange/readable/page.html",
    "templates/reminders/mail/reminder.html",
}


def test_a_template_has_no_style_or_script_of_its_own():
    found = [
        f"{name_of(path)}: {one}"
        for path in TEMPLATES
        if name_of(path) not in STANDALONE
        for one in OF_ITS_OWN.findall(TAG.sub("x", path.read_text()))
    ]
    assert not found, f"{found}: the policy refuses it; use a class, or a module in static/js."


SHORT_CLASSES = {"ask", "btn", "day", "due", "or", "row", "tag"}
CLASSES = re.compile(r'\bclass=\\?"((?:{%.*?%}|{{.*?}}|[^"\\])*)')
SELECTED = re.compile(r"\.([a-z][\w-]*)")
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"[^"]*"', re.DOTALL)


def class_names(path: Path) -> set[str]:
    text = path.read_text()
    if path.suffix != ".css":
        names = " ".join(re.sub(r"{{.*?}}", "value", found) for found in CLASSES.findall(text))
        return set(TAG.sub(" ", names).split())
    lines = COMMENT_OR_STRING.sub("", text).splitlines()
    selectors = (line for line in lines if line.endswith(("{", ",")))
    return {name for line in selectors for name in SELECTED.findall(line)}


def test_a_class_has_a_name_that_is_written_out():
    styles = sorted((ROOT / "static").rglob("*.css"))
    code = [path for path in PYTHON if path.is_relative_to(ROOT / "journal")]
    short = {
        name_of(path): names
        for path in [*styles, *TEMPLATES, *code]
        if (names := {one for one in class_names(path) if len(one) <= 3} - SHORT_CLASSES)
    }
    assert not short, f"{short}: say what it is (docs/design/components.md)."


NAMED = re.compile(r"{% (?:row_)?url ['\"]([\w:-]+)['\"]")


def is_an_address(name: str) -> bool:
    """Whether something has this name; what stands in its address is another matter."""
    try:
        reverse(name)
    except NoReverseMatch as error:
        return "is not a valid view function or pattern name" not in str(error) and (
            "is not a registered namespace" not in str(error)
        )
    return True


def test_every_address_in_a_template_is_there():
    missing = [
        f"{name_of(path)}: {name}"
        for path in TEMPLATES
        for name in NAMED.findall(path.read_text())
        if not is_an_address(name)
    ]
    assert not missing, f"No such address: {missing}"


def test_every_template_compiles_and_names_only_what_is_there():
    """Each page and part that it extends or includes."""
    wrong = []
    for path in TEMPLATES:
        named = [path.relative_to(ROOT / "templates").as_posix()]
        named += INCLUDED.findall(path.read_text())
        for name in named:
            try:
                template = engines["django"].get_template(name).template
                for extends in template.nodelist.get_nodes_by_type(ExtendsNode):
                    if isinstance(extends.parent_name.var, str):
                        engines["django"].get_template(extends.parent_name.var)
            except (TemplateDoesNotExist, TemplateSyntaxError) as error:
                wrong.append(f"{name_of(path)}: {error}")
    assert not wrong, "\n".join(wrong)


def test_htmx_keeps_no_page_runs_no_text_and_asks_nobody_else():
    """What it must not do: a page kept by it would outlive signing out."""
    head = (ROOT / "templates/parts/_head.html").read_text()
    settings = json.loads(re.search(r"name=\"htmx-config\"\s+content='([^']+)'", head)[1])

    swapped = {rule["code"]: rule["swap"] for rule in settings.pop("responseHandling")}
    assert settings == {
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "historyRestoreAsHxRequest": False,
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
    }
    assert swapped == {"204": False, "[23]..": True, "409|422|503": True, "[45]..": False}
