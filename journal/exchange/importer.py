"""Writes the rows of a file into a person's journal: once for the preview, once for good.

Ids stay as they are, so a file that is read in twice doubles nothing. Where someone else has one of
them (the same export, read into a second account), all ids are derived anew from the person and the
old id, which comes out the same each time. What is there already stays as it is; of what says
something else there, a copy is made for whoever wants both (conflicts.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models.constants import OnConflict
from django.utils.translation import gettext as _

from journal.decisions.models import Decision, DecisionReview
from journal.decisions.parts import Option, ValueInPlay
from journal.exchange import conflicts, tables
from journal.exchange.conflicts import Copy, KeepingBoth
from journal.exchange.exceptions import ImportRefused
from journal.exchange.merge import Settling
from journal.exchange.progress import Progress
from journal.exchange.readers import Source
from journal.exchange.row_reader import NotHere, RowReader, uuid_of
from journal.exchange.skipped import Skipped
from journal.people.models import User
from journal.people.values.models import Value
from journal.privacy.fields import without_decrypting
from journal.privacy.ownership import OwnedModel, words_of
from journal.privacy.rls import OWNER, acting_as
from journal.reflections.compassion.models import KindnessStarter
from journal.reflections.entries.models import Entry, Prompt
from journal.reflections.week.models import WeeklyReflection

BATCH = 200
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What a decision that is there already has is not added to.
PARTS = (Option, ValueInPlay)


class Bringing:
    def __init__(
        self, person: User, source: Source, progress: Progress, *, keep_both: bool = False
    ) -> None:
        self.person, self.source, self.progress = person, source, progress
        self._keep_both, self._both = keep_both, KeepingBoth()
        self.made: dict[str, list[UUID]] = defaultdict(list)
        self.new: Counter[str] = Counter()
        self.here: Counter[str] = Counter()
        self.skipped = Skipped()
        self.samples: list[dict[str, str]] = []
        self._ids: dict[str, set[UUID]] = defaultdict(set)  # in the file
        self._lost: set[UUID] = set()  # in the file, and not brought in
        self._new_decisions: set[UUID] = set()
        self._decided: list[tuple[UUID, Any, str]] = []
        self._mapped = False
        self._done = 0

    def run(self) -> None:
        """Raises Refused; then nothing of it may stay."""
        in_order = self._survey()
        self._total = sum(map(len, self._ids.values()))
        self._mapped = self._must_be_mapped()
        self._settling = Settling(self.person)
        self._reader = RowReader(
            self.person.pk,
            {text: pk for pk, text in Prompt.objects.values_list("pk", "text")},
            set(KindnessStarter.objects.values_list("pk", flat=True)),
        )
        labels = [label for label in tables.by_label() if self._ids[label]]
        self._compare(labels)
        for only in [None] if in_order else labels:
            self._pass(only)
        self._decide()
        self._settling.fill_preferences(self.source.preferences)
        self._check_all()

    def summary(self) -> dict[str, Any]:
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
            "differ": len(self._both.copies),
            "skipped": [*self.source.skipped.lines(), *self.skipped.lines()],
            "left_out": self.source.left_out,
            "samples": self.samples,
        }

    def _skipped_of(self, label: str) -> int:
        return self.source.skipped.count(label) + self.skipped.count(label)

    # --- before anything is written

    def _survey(self) -> bool:
        """Which ids there are; whether the tables stand in the order in which they refer."""
        places = {model.export_name: place for place, model in enumerate(tables.tables())}
        in_order, at = True, -1
        for label, given in self.source.rows():
            in_order, at = in_order and places[label] >= at, places[label]
            if not isinstance(given, dict) or "id" not in given:
                raise ImportRefused(_("Something in %s is no row.") % label)
            pk = self._uuid(label, given["id"])
            if pk in self._ids[label]:
                raise ImportRefused(_("A row stands twice in %s.") % label)
            self._ids[label].add(pk)
            if len(self._ids[label]) % 1000 == 0:
                self.progress.stop_if_asked()
        return in_order

    def _uuid(self, label: str, given: Any) -> UUID:
        try:
            return uuid_of(given)
        except Exception as error:
            raise ImportRefused(_("A row in %s has no id.") % label) from error

    def _must_be_mapped(self) -> bool:
        """Someone else has one of the ids; or this person has one that was derived before."""
        for label, ids in self._ids.items():
            model = tables.by_label()[label]
            for batch in batches(sorted(ids), 2000):
                rows = model._base_manager
                if rows.filter(pk__in=[uuid5(self.person.pk, str(one)) for one in batch]).exists():
                    return True
                with acting_as(None, role=OWNER):
                    others = rows.filter(pk__in=batch).exclude(owner=self.person)
                    if others.exists():
                        return True
        return False

    def _compare(self, labels: list[str]) -> None:
        """What is here and says something else in the file."""
        for label in conflicts.compared(labels):
            model = tables.by_label()[label]
            for given in chunks(row for found, row in self.source.rows(label) if found == label):
                rows = [row for one in given if (row := self._read(label, one))]
                here = model._base_manager.in_bulk([self._new_id(row.pk, row) for row in rows])
                for row in rows:
                    if (there := here.get(self._new_id(row.pk, row))) is not None:
                        self._both.compare(row, there)
                self.progress.stop_if_asked()
        self._both.settle(set(labels))

    def _read(self, label: str, given: Any) -> OwnedModel | None:
        try:
            return self._reader.read(label, given)
        except NotHere:
            return None

    # --- row by row

    def _pass(self, only: str | None) -> None:
        waiting: list[OwnedModel] = []
        for label, given in self.source.rows(only):
            if waiting and (len(waiting) == BATCH or waiting[0].export_name != label):
                self._insert(waiting)
                waiting = []
            if label == tables.LATE:
                self._decide()
            if (row := self._read(label, given)) is None:
                self._lost.add(self._uuid(label, given["id"]))
                why = _("It belongs to something that this installation does not have.")
                self.skipped.add(label, why)
                continue
            waiting.append(row)
        if waiting:
            self._insert(waiting)

    def _insert(self, rows: list[OwnedModel]) -> None:
        model, label = type(rows[0]), rows[0].export_name
        self.progress.stop_if_asked()
        asked = {row.pk: self._new_id(row.pk, row) for row in rows}
        there = set(model._base_manager.filter(pk__in=asked.values()).values_list("pk", flat=True))
        fresh = []
        for row in rows:
            old = row.pk
            if asked[old] in there:
                self.here[label] += 1
            elif (known := self._settling.same_as(row)) is not None:
                self._settling.same[old] = known
                self.here[label] += 1
            elif self._hangs_on_what_is_here(row):
                self._lost.add(old)
                self.here[label] += 1
            else:
                self._settle(row)
                fresh.append((old, row))
        if fresh:
            self._write(model, label, fresh)
        self._done += len(rows)
        self.progress.say(self._done, self._total)

    def _hangs_on_what_is_here(self, row: OwnedModel) -> bool:
        """Part of something that was not brought in, or of a decision that was there before."""
        if isinstance(row, PARTS):
            copy = self._copy_with(row)
            decision = copy.new if copy else self._new_id(row.decision_id)
            if decision not in self._new_decisions:
                return True
        return any(
            getattr(row, field.attname) in self._lost
            for field in tables.columns(type(row))
            if tables.is_link(field) and not field.null
        )

    def _settle(self, row: OwnedModel) -> None:
        """Its id and what it refers to, as they are here."""
        copy, new_id = self._copy_with(row), self._new_id(row.pk, row)
        for field in tables.columns(type(row)):
            linked = tables.linked_model(field)
            if linked is None:
                continue
            target = getattr(row, field.attname)
            if target is None:
                continue
            if target in self._lost:
                setattr(row, field.attname, None)
                continue
            self._must_exist(row, field, target)
            new = self._new_id(target)
            if copy and conflicts.is_compared(linked):
                new = copy.new_id(target)
            setattr(row, field.attname, new)
        for name in ("from_id", "to_id", "linked_id"):
            if getattr(row, name, None):
                setattr(row, name, self._new_id(getattr(row, name)))
        if isinstance(row, Decision):
            row.hidden_lessons = [self._new_id(one) for one in row.hidden_lessons]
        # The ids in a week's record.
        if self._mapped and isinstance(row, WeeklyReflection) and row.snapshot:
            row.snapshot = AN_ID.sub(self._new_text, row.snapshot)
        row.pk = new_id
        if isinstance(row, Value):
            self._settling.find_rank(row)

    def _must_exist(self, row: OwnedModel, field: Any, target: UUID) -> None:
        model = field.related_model
        if target in self._ids[model.export_name]:
            return
        if not model._base_manager.filter(pk=self._new_id(target)).exists():
            raise ImportRefused(
                _("A row in %(table)s refers to something that is not in the file.")
                % {"table": row.export_name}
            )

    def _new_id(self, old: UUID, row: OwnedModel | None = None) -> UUID:
        if row is not None and (copy := self._copy_with(row)):
            return copy.id_of(row)
        if old in self._settling.same:
            return self._settling.same[old]
        if not self._mapped:
            return old
        if isinstance(row, DecisionReview):
            return uuid5(self._new_id(row.decision_id), "review")
        known = any(old in ids for ids in self._ids.values())
        return uuid5(self.person.pk, str(old)) if known else old

    def _copy_with(self, row: OwnedModel) -> Copy | None:
        return self._both.copy_with(row) if self._keep_both else None

    def _new_text(self, found: re.Match[str]) -> str:
        return str(self._new_id(UUID(found[0])))

    # --- into the database

    def _write(
        self, model: type[OwnedModel], label: str, fresh: list[tuple[UUID, OwnedModel]]
    ) -> None:
        rows = [row for _old, row in fresh]
        for row in rows:
            if isinstance(row, Decision) and row.finished_at:
                self._decided.append((row.pk, row.finished_at, row.state))
                row.finished_at = None
                row.state = (
                    row.state if row.state == Decision.State.DROPPED else Decision.State.DRAFT
                )
            sealed(row)
        try:
            with transaction.atomic():
                insert(model, rows)
        except (IntegrityError, DataError):
            self._find_the_one(model, label, rows)
        written = set(
            model._base_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        for old, row in fresh:
            if row.pk in written:
                self.made[label].append(row.pk)
                self.new[label] += 1
                if isinstance(row, Decision):
                    self._new_decisions.add(row.pk)
                self._show(row)
            else:  # for that day, or that week, there is one
                self._lost.add(old)
                self.here[label] += 1

    def _find_the_one(self, model: type[OwnedModel], label: str, rows: list[OwnedModel]) -> None:
        for row in rows:
            try:
                with transaction.atomic():
                    insert(model, [row])
            except (IntegrityError, DataError) as error:
                raise ImportRefused(broken_rule(model, label, error)) from error

    def _decide(self) -> None:
        """Locks what is decided; until now its options could be written."""
        made = [one for one in self._decided if one[0] in self._new_decisions]
        self._decided = []
        for pk, finished_at, state in made:
            try:
                with transaction.atomic():
                    Decision._base_manager.filter(pk=pk).update(
                        finished_at=finished_at, state=state
                    )
            except IntegrityError as error:
                raise ImportRefused(broken_rule(Decision, Decision.export_name, error)) from error

    def _check_all(self) -> None:
        """What the database would otherwise say when the transaction ends."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
        except IntegrityError as error:
            raise ImportRefused(_("Its rows do not fit together.")) from error

    def _show(self, row: OwnedModel) -> None:
        if isinstance(row, Entry) and len(self.samples) < 3:
            words = row.title or row.first_words
            self.samples.append({"day": row.written_on.isoformat(), "words": words})


def sealed(row: OwnedModel) -> None:
    """Its words, as they will stand in the table: what is written raw asks no field to seal it."""
    for field in words_of(type(row)):
        row.__dict__[field.attname] = field.pre_save(row, add=True)


def insert(model: type[OwnedModel], rows: list[OwnedModel]) -> None:
    """As they are, moments of making and changing included; what is there already stays."""
    deferred = any(getattr(rule, "deferrable", None) for rule in model._meta.constraints)
    with without_decrypting():
        model._base_manager.all()._insert(  # type: ignore[attr-defined]  # Django's own, for raw rows
            rows,
            fields=model._meta.concrete_fields,
            using="default",
            raw=True,
            on_conflict=None if deferred else OnConflict.IGNORE,
        )


def broken_rule(model: type[OwnedModel], label: str, error: Exception) -> str:
    """In the words of the rule, where it has some."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    for rule in model._meta.constraints:
        if (
            rule.name == name
            and rule.violation_error_message != rule.default_violation_error_message
        ):
            return _("A row in %(table)s cannot be: %(reason)s") % {
                "table": label,
                "reason": rule.get_violation_error_message(),
            }
    return _("A row in %(table)s breaks a rule of its table: %(rule)s.") % {
        "table": label,
        "rule": name or "?",
    }


def chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def batches(items: list[UUID], size: int) -> Iterator[list[UUID]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
