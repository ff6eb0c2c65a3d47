"""What Django and allauth say to people is in our catalogues, in our voice."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from journal.languages import of_packages
from journal.languages.paths import found_in

# The modules that speak to people. Templates of allauth are ours (templates/account, mfa).
SPEAKING = {
    django: [
        *("forms/fields.py", "forms/forms.py", "forms/models.py", "forms/utils.py"),
        *("core/validators.py", "contrib/auth/password_validation.py", "db/models/base.py"),
        *("template/defaultfilters.py", "utils/timesince.py", "utils/dates.py"),
    ],
    allauth: ["account/adapter.py", "account/forms.py", "mfa/adapter.py", "mfa/*/forms.py"],
}
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
# Sentences of what nobody meets here, and why.
NOT_MET = re.compile(
    "[Uu]sername|[Pp]hone|(?i:slug)|"  # who signs in has an address only
    "protocol|domain name|separated by commas|step size|duplicate|inline value|"  # no such fields
    "duration|valid JSON|number of days|is %\\(limit|clear checkbox|unique for|instance with|"
    "entirely numeric|"  # a validator that is not in use
    # Our adapters and forms have another sentence or label for these.
    "Your password (must|can)|This password is|[Pp]lease type your current|already registered|"
    "already associated|too similar|you specified|Too many failed|Incorrect password|"
    "reset token|^Use (a|your|auth)|to an account protected|until you have verified|"
    "^Passwordless$|^Enabling passwordless|Authenticator code|^Code$|Email \\(|Current Password|"
    "Email address confirmation|same email each time|New Password|Password \\(|Remember Me"
)
# Formal address, and in Arabic an imperative, which says whether a man or a woman reads.
NOT_OURS = {
    "de": r"\b(Sie|Ihr\w*|Ihnen)\b",
    "fr": r"\b([Vv]ous|[Vv]otre|[Vv]os)\b|\b(?!chez|assez|nez)\w+ez\b",
    "es": r"\b([Uu]sted|[Ss]us?|[Pp]or favor|\w+(?:duzca|grese|gúrese|ione|icese|uebe|rija|víe))\b",
    "ar": r"(?:^|\s)(?:أدخل|ادخل|اختر|تأكد|أرسل|ارفع|قم|انتق|صحح|حدد|يجب)",
}
IN_ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+")


def said_by_packages() -> Iterator[tuple[str, ...]]:
    for package, patterns in SPEAKING.items():
        folder = Path(package.__file__).parent
        for path in (path for pattern in patterns for path in folder.glob(pattern)):
            yield from said_in(path)


def said_in(path: Path) -> Iterator[tuple[str, ...]]:
    """The strings of each call that marks some as translatable: one, or singular and plural."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS:
            strings = [one.value for one in call.args if isinstance(one, ast.Constant)]
            yield tuple(strings[: 2 if call.func.id.startswith("n") else 1])


@pytest.mark.parametrize("code", found_in(settings.BASE_DIR / "locale"))
def test_what_packages_say_is_in_our_voice(code):
    met = {said for said in said_by_packages() if not NOT_MET.search(said[0])}
    assert len(met) > 50, "The search finds nothing any more."
    with translation.override(code):
        texts = {said: gettext(*said) if len(said) == 1 else ngettext(*said, 5) for said in met}
    wrong = {
        said: text
        for said, text in texts.items()
        if re.search(NOT_OURS[code], text) or (text in said and IN_ENGLISH.search(text))
    }
    assert not wrong, "Add these to journal/languages/of_packages.py."


def test_what_is_collected_for_packages_is_what_they_say():
    ours = set(said_in(Path(of_packages.__file__)))
    assert ours <= set(said_by_packages())
