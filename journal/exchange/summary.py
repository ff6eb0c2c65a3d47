"""What an import found and did, as its page lists it: counts, samples, what was left out."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.readers import Source
from journal.exchange.skipped import Skipped
from journal.privacy.normalization import MOST_MARKS
from journal.privacy.ownership import OwnedModel, words_of
from journal.reflections.entries.models import Entry, EntryTag

MOST_SAMPLES = 5
NOT_COUNTED = {EntryTag.export_name: "belongs to its entry"}


class Summary:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.new: Counter[str] = Counter()
        self.here: Counter[str] = Counter()
        self.skipped = Skipped()
        self._shortened = Skipped()
        self._samples: list[dict[str, str]] = []

    def add(self, row: OwnedModel, *, shortened: bool) -> None:
        """Counts a row that was written; `shortened` where its words lost piled-up marks."""
        if row.export_name not in NOT_COUNTED:
            self.new[row.export_name] += 1
        if isinstance(row, Entry) and len(self._samples) < MOST_SAMPLES:
            words = row.title or row.first_words
            self._samples.append({"day": row.written_on.isoformat(), "words": words})
        if shortened:
            why = _("A letter had more than %(most)s accents. The rest were left out.")
            self._shortened.add(row.export_name, why % {"most": MOST_MARKS}, _name_of(row))

    def is_here(self, row: OwnedModel) -> None:
        if row.export_name not in NOT_COUNTED:
            self.here[row.export_name] += 1

    def content(self, differ: int, changed: int) -> dict[str, Any]:
        kinds = [
            {
                "table": label,
                "new": self.new[label],
                "here": self.here[label],
                "skipped": self._skipped_of(label),
            }
            for label in [*tables.by_label(), ""]
            if self.new[label] or self.here[label] or self._skipped_of(label)
        ]
        return {
            "kinds": kinds,
            "new": sum(self.new.values()),
            "here": sum(self.here.values()),
            "differ": differ,
            "skipped": [*self._source.skipped.lines(), *self.skipped.lines()],
            "shortened": self._shortened.lines(),
            "left_out": self._source.left_out,
            "samples": self._samples,
            "changed": changed,
            **self._source.about(),
        }

    def _skipped_of(self, label: str) -> int:
        return self._source.skipped.count(label) + self.skipped.count(label)


def _name_of(row: OwnedModel) -> str:
    """The day of an entry and the first words of any row."""
    day = f"{row.written_on.isoformat()} " if isinstance(row, Entry) else ""
    texts = (getattr(row, field.name) for field in words_of(type(row)))
    return day + next((" ".join(text.split()) for text in texts if text), "")
