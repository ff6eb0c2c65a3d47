"""Every field in which a person writes is a WordsInput: it normalizes, and bounds marks."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Text fields of forms in which nobody writes words.
NO_WORDS = {
    "journal/exchange/forms.py": "a passphrase must reach the file as it was typed",
    "journal/lessons/forms.py": "the kind of a row, hidden",
    "journal/lessons/origin.py": "the kind of a row, from an address",
    "journal/operation/forms.py": "the beginning of the recovery key",
    "journal/people/forms.py": "the operator token",
    "journal/privacy/fields.py": "WordsInput itself",
    "journal/push/forms.py": "a browser's address and keys, hidden",
    "journal/reflections/entries/forms.py": "the id of a prompt, hidden",
    "journal/reflections/entries/merge.py": "digests, hidden",
    "journal/reflections/entries/prompts/forms.py": "ids of prompts, from buttons",
    "journal/scheduled_exports/forms.py": "a public key",
    "journal/sharing/audit_log.py": "a moment, from an address",
}


def test_words_are_typed_into_words_inputs():
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "journal").rglob("*.py")
        if "forms.CharField" in path.read_text()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and f"{node.value.id}.{node.attr}" == "forms.CharField"
    }
    assert found == set(NO_WORDS), "Use WordsInput for words, or say here why it is none."
