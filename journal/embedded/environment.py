"""Settings of the environment: each is obeyed, or refused in a sentence.

`unknown` finds names with our prefix that nobody asked for, since a misspelt setting would
otherwise do nothing. It knows a name once it was read, so no list has to be kept.
"""

import difflib
import math
import sys
from collections.abc import Collection, MutableMapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from journal.embedded.errors import CannotStart

PREFIX = "SELFTRUST_"
ON, OFF = {"on", "yes", "true", "1", "y", "ok"}, {"off", "no", "false", "0", "n"}


class Environment:
    """An empty value counts as one that is not set. Every method raises CannotStart."""

    def __init__(self, values: MutableMapping[str, str]) -> None:
        self._values = values
        self._read: set[str] = set()

    def __call__(self, name: str, default: str = "") -> str:
        self._read.add(name)
        return self._values.get(name, "").strip() or default

    def choice(self, name: str, *choices: str) -> str:
        """One of the choices; the first is the default."""
        value = self(name, choices[0])
        if value not in choices:
            named = [choice for choice in choices if choice]
            said = f"{', '.join(named[:-1])} or {named[-1]}"
            raise CannotStart(f"{name} is {said}, not {value!r}.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self(name, "on" if default else "off").lower()
        if value not in ON | OFF:
            raise CannotStart(f"{name} has to be on or off, not {value!r}.")
        return value in ON

    def whole(self, name: str, default: int, *, least: int) -> int:
        value = self(name, str(default))
        if not (value.isascii() and value.isdecimal()) or int(value) < least:
            raise CannotStart(
                f"{name} has to be a whole number of at least {least}, not {value!r}."
            )
        return int(value)

    def between(self, name: str, least: int, most: int) -> int | None:
        """A whole number within these, or None."""
        value = self(name)
        if value and value not in map(str, range(least, most + 1)):
            raise CannotStart(
                f"{name} has to be a whole number from {least} to {most}, not {value!r}."
            )
        return int(value) if value else None

    def hours(self, name: str, default: int) -> float:
        value = self(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not (math.isfinite(number) and 0 < number < 1e6):
            raise CannotStart(f"{name} has to be a number of hours above 0, not {value!r}.")
        return number

    def seconds(self, name: str, default: float, *, most: float) -> float:
        value = self(name, f"{default:g}")
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0.1 <= number <= most:
            raise CannotStart(
                f"{name} has to be a number of seconds from 0.1 to {most:g}, not {value!r}."
            )
        return number

    def zone(self, name: str, default: str) -> str:
        """A time zone's name, as Europe/Berlin."""
        value = self(name, default)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise CannotStart(
                f"{name} has to be a time zone such as Europe/Berlin, not {value!r}."
            ) from error
        return value

    def list(self, name: str, *default: str) -> list[str]:
        parts = [part.strip() for part in self(name).split(",")]
        return [part for part in parts if part] or [*default]

    def codes(self, name: str, known: Collection[str]) -> Sequence[str]:
        """Codes such as SE, in capitals or not."""
        codes = [code.upper() for code in self.list(name)]
        if wrong := [code for code in codes if code not in known]:
            raise CannotStart(f"{name} can list {', '.join(sorted(known))}, but not {wrong[0]!r}.")
        return codes

    def unknown(self) -> dict[str, str]:
        """A sentence for each name that begins with SELFTRUST_ and is no setting."""
        sentences = {}
        ours = sorted(name for name in self._read if name.startswith(PREFIX))
        for name in sorted(self._values):
            if name.startswith(PREFIX) and name not in self._read:
                near = difflib.get_close_matches(name, ours, n=1, cutoff=0)
                sentences[name] = (
                    f"{name} isn't a setting of Selftrust and has no effect. Did you mean "
                    f"{near[0]}?"
                )
        return sentences

    def name_unknown(self) -> None:
        """Prints the sentences and removes the names, so that child processes do not repeat it."""
        for name, sentence in self.unknown().items():
            print(sentence, file=sys.stderr)  # noqa: T201  there may be no log yet
            del self._values[name]
