"""Writes the rows of a file into a person's journal: once for the preview, once for good.

Rows keep their ids, so importing a file twice duplicates nothing. If someone else has one of the
ids (the same export, imported into a second account), the importer derives all ids from the person
and the old id, which gives the same ids each time. It does not change existing rows; if the file
has other words for one, it can make a copy (conflicts.py).
"""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from journal.decisions.models import Decision, DecisionReview, Option, ValueInPlay
from journal.exchange import conflicts, tables
from journal.exchange.conflicts import Copy, KeepingBoth
from journal.exchange.exceptions import ImportRefused
from journal.exchange.merge import Settling
from journal.exchange.photos_in import PhotosIn
from journal.exchange.progress import Phase, Progress, Steps
from journal.exchange.readers import Source
from journal.exchange.row_reader import NotHere, RowReader
from journal.exchange.row_writer import batches, broken_rule, insert, insert_one_by_one, sealed
from journal.exchange.summary import Summary
from journal.exchange.survey import Survey, uuid_in
from journal.exchange.updates import Updates
from journal.people.models import User
from journal.photos.decoding import PhotoRefused
from journal.photos.models import Photo
from journal.privacy.ownership import OwnedModel
from journal.reflections.compassion.models import KindnessStarter
from journal.reflections.entries.models import Entry, EntryTag, Prompt
from journal.reflections.entries.prompts.former_wordings import FORMER_WORDINGS
from journal.reflections.week.models import WeeklyReflection

BATCH = 200
COST_OF_PHOTO = 400  # as many rows take as long
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The importer does not add these to a decision or an entry that exists already.
PARTS = {Option: "decision_id", ValueInPlay: "decision_id", EntryTag: "entry_id"}


class Bringing:
    def __init__(
        self,
        person: User,
        source: Source,
        progress: Progress,
        part_read: Callable[[], float],
        *,
        keep_both: bool = False,
        dry: bool = False,
    ) -> None:
        """`part_read` says how much of the file was read, from 0 to 1. `dry`: the caller rolls it
        back in any case."""
        self.person, self.source, self._part_read = person, source, part_read
        self._writing = Phase.SORTING if dry else Phase.BRINGING
        self._photo_costs = 1 if dry else COST_OF_PHOTO
        self.steps = Steps(progress, {Phase.READING: 2, Phase.COMPARING: 1, self._writing: 7})
        self._keep_both, self._both = keep_both, KeepingBoth()
        self.made: dict[str, list[UUID]] = defaultdict(list)
        self.photos = PhotosIn(person, source, dry=dry)
        self._summary = Summary(source)
        self._ids: dict[str, set[UUID]] = {}  # in the file
        self._mapped = False
        self._lost: set[UUID] = set()  # in the file, but not imported
        self._new_wholes: set[UUID] = set()  # decisions and entries
        self.updates = Updates(wanted=source.changes_untouched)
        self._decided: list[tuple[UUID, Any, str]] = []
        self._done = 0

    def run(self) -> None:
        """Raises ImportRefused; the caller must then roll back."""
        survey = Survey(self.person, self.source)
        for _count in survey.rows():
            self.steps.stop_if_asked()
            self.steps.advance(self._part_read(), 1)
        self._ids, self._mapped = survey.ids, survey.must_be_mapped()
        self._total = sum(self._cost(label) * len(ids) for label, ids in self._ids.items())
        self._settling = Settling(self.person)
        self._reader = RowReader(
            self.person.pk,
            _prompts(),
            set(KindnessStarter.objects.values_list("pk", flat=True)),
        )
        labels = [label for label in tables.by_label() if self._ids[label]]
        self.steps.begin(Phase.COMPARING)
        self._compare(labels)
        self.steps.begin(self._writing)
        for only in [None] if survey.in_order or self.source.in_order else labels:
            self._pass(only)
        self._decide()
        self._settling.fill_preferences(self.source.preferences)
        self._check_all()

    def summary(self) -> dict[str, Any]:
        return self._summary.content(len(self._both.copies), self.updates.count)

    # --- before writing

    def _compare(self, labels: list[str]) -> None:
        """Finds rows that exist here with other words than in the file."""
        compared = [label for label in conflicts.compared(labels) if self._may_be_here(label)]
        for place, label in enumerate(compared):
            self.steps.advance(place, len(compared))
            model = tables.by_label()[label]
            for given in batches(
                (row for found, row in self.source.rows(label) if found == label), BATCH
            ):
                rows = [row for one in given if (row := self._read(label, one))]
                here = model._base_manager.in_bulk([self._new_id(row.pk, row) for row in rows])
                for row in rows:
                    if (there := here.get(self._new_id(row.pk, row))) is None:
                        continue
                    if not self.updates.knows(row, there):
                        self._both.compare(row, there)
                self.steps.stop_if_asked()
        self._both.settle(set(labels))

    def _may_be_here(self, label: str) -> bool:
        """Whether any row of the file is: most often none, and reading it once more takes long."""
        model = tables.by_label()[label]
        if model is DecisionReview:  # whose ids depend on the row
            return True
        ids = map(self._new_id, self._ids[label])
        return any(model._base_manager.filter(pk__in=some).exists() for some in batches(ids, 2000))

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
                self._lost.add(uuid_in(label, given["id"]))
                why = _("It belongs to something this server doesn’t have.")
                self._summary.skipped.add(label, why)
                continue
            waiting.append(row)
        if waiting:
            self._insert(waiting)

    def _insert(self, rows: list[OwnedModel]) -> None:
        model, label = type(rows[0]), rows[0].export_name
        self.steps.stop_if_asked()
        asked = {row.pk: self._new_id(row.pk, row) for row in rows}
        there = set(model._base_manager.filter(pk__in=asked.values()).values_list("pk", flat=True))
        fresh = []
        for row in rows:
            old = row.pk
            if asked[old] in there:
                self._summary.is_here(row)
                if self.updates.take_over(asked[old]):
                    self._new_wholes.add(asked[old])  # so that its new tags and photos come in
            elif (known := self._settling.same_as(row)) is not None:
                self._settling.same[old] = known
                self._summary.is_here(row)
            elif self._hangs_on_what_is_here(row):
                self._lost.add(old)
                self._summary.is_here(row)
            else:
                self._settle(row)
                fresh.append((old, row))
        if model is Photo:
            for place, (old, row) in enumerate(fresh):
                self._bring_photo(old, row)
                self._say(self._done + place * self._cost(label), Phase.PHOTOS)
        elif fresh:
            self._write(model, label, fresh)
        self._done += len(rows) * self._cost(label)
        self._say(self._done)

    def _cost(self, label: str) -> int:
        return self._photo_costs if label == Photo.export_name else 1

    def _say(self, done: int, shown: Phase | None = None) -> None:
        """`shown` is left out where tables are mixed, since a page tells each change."""
        self.steps.advance(done, self._total, None if self.source.in_order else shown)

    def _hangs_on_what_is_here(self, row: OwnedModel) -> bool:
        """Whether the row belongs to one that was not imported, or is a part of an existing one."""
        if column := PARTS.get(type(row)):
            copy = self._copy_with(row)
            whole = copy.new if copy else self._new_id(getattr(row, column))
            if whole not in self._new_wholes:
                return True
        return any(
            getattr(row, field.attname) in self._lost
            for field in tables.columns(type(row))
            if tables.is_link(field) and not field.null
        )

    def _settle(self, row: OwnedModel) -> None:
        """Sets the row's id and links to the ids used here."""
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
        # The record of a week and its changes contain ids.
        if self._mapped and isinstance(row, WeeklyReflection):
            row.snapshot = AN_ID.sub(self._new_text, row.snapshot)
            row.changes = AN_ID.sub(self._new_text, row.changes)
        row.pk = new_id
        self._settling.settle(row)

    def _must_exist(self, row: OwnedModel, field: Any, target: UUID) -> None:
        model = field.related_model
        if target in self._ids[model.export_name]:
            return
        if not model._base_manager.filter(pk=self._new_id(target)).exists():
            raise ImportRefused(
                _("A row in %(table)s refers to something that isn’t in the file.")
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

    # --- writing

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
            insert_one_by_one(model, label, rows)
        written = set(
            model._base_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        for old, row in fresh:
            if row.pk in written:
                self.made[label].append(row.pk)
                self._summary.add(row, shortened=old in self._reader.shortened)
                if isinstance(row, (Decision, Entry)):
                    self._new_wholes.add(row.pk)
            else:  # a row exists for that day or week
                self._lost.add(old)
                self._summary.is_here(row)

    def _bring_photo(self, old: UUID, photo: Any) -> None:
        self.steps.stop_if_asked()
        try:
            self.photos.store(photo)
        except PhotoRefused as refused:
            self._lost.add(old)
            name = photo.file or photo.description
            self._summary.skipped.add(photo.export_name, str(refused), name)
            return
        self._write(Photo, photo.export_name, [(old, photo)])
        if old in self._lost:
            self.photos.forget(photo)

    def _decide(self) -> None:
        """Marks decisions as decided, after which the database accepts no more options."""
        made = [one for one in self._decided if one[0] in self._new_wholes]
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
        """Checks deferred constraints now instead of at the end of the transaction."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
        except IntegrityError as error:
            raise ImportRefused(_("The rows in this file don’t fit together.")) from error


def _prompts() -> dict[str, int]:
    """The app's own prompts by their text, and by the texts older exports name them by."""
    here = dict(Prompt.objects.values_list("text", "pk"))
    former = {old: here[new] for old, new in FORMER_WORDINGS.items() if new in here}
    return former | here
