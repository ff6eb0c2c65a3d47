"""Runs doctor as an operator does."""

from io import StringIO

from django.core.management import call_command


def doctor(**options) -> tuple[str, int]:
    said = StringIO()
    try:
        call_command("doctor", stdout=said, **options)
    except SystemExit as ended:
        return said.getvalue(), int(ended.code)
    return said.getvalue(), 0


def complaints(**options) -> tuple[list[str], int]:
    said, code = doctor(**options)
    return [line for line in said.splitlines() if not line.startswith("ok")], code
