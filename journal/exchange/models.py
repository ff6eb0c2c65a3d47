"""Exports and imports. Their data is in sealed files in the private storage, named by their ids
(journal/privacy/sealed_files.py, storage.py)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import IO, Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.exchange.export_filters import labels_of
from journal.exchange.labels import name_of
from journal.exchange.portion import Portion, Subject, name_of_item
from journal.exchange.progress import Progress
from journal.people.row_urls import row_url
from journal.privacy import storage
from journal.privacy.fields import WordsField
from journal.privacy.keys import data_key
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.privacy.sealed_files import SealedReader, SealedWriter
from journal.privacy.storage import StorageAway

EXPORT_KEPT_FOR = timedelta(hours=1)
FILE_KEPT_FOR = timedelta(days=1)
UNDONE_WITHIN = timedelta(days=30)
# Of the formats that are a single file; the others are a ZIP, and so is each with a passphrase.
ENDINGS = {"document": "html", "epub": "epub", "pdf": "pdf", "text": "txt"}


class AttemptQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        """Those with work left to do."""
        raise NotImplementedError


class Attempt(OwnedModel):
    """A row whose work a task does (tasks.py)."""

    failed_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)  # of the step under way
    refusal = WordsField(max_length=1000, blank=True, editable=False)  # a sentence

    objects: ClassVar = AttemptQuerySet.as_manager()

    class Meta:
        abstract = True

    def remove_file(self) -> None:
        """Raises StorageAway."""
        raise NotImplementedError

    def let_go_of_file(self) -> None:
        """Where the storage does not answer now, the purge comes back to it."""
        with suppress(StorageAway):
            self.remove_file()

    def fail(self) -> None:
        self.failed_at = timezone.now()


class HasFile(Attempt):
    """A row with one sealed file."""

    FOLDER = ""
    LONGEST_PASSPHRASE = 200

    # Only until the file is written or read; constraints of both tables enforce that.
    passphrase = WordsField(max_length=LONGEST_PASSPHRASE, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def stored_name(self) -> str:
        return f"{self.FOLDER}/{self.pk}"

    @property
    def progress(self) -> Progress:
        return Progress(self.stored_name)

    def opened(self) -> SealedReader:
        """Raises StorageAway, also for a file that is not there: the row says that it is."""
        try:
            file = storage.private().open(self.stored_name)
        except FileNotFoundError as error:
            raise StorageAway("The file is not there.") from error
        return SealedReader(file, data_key(self.owner_id), self.owner_id, self.pk)

    @contextmanager
    def written(self) -> Iterator[SealedWriter]:
        """The file to write to. It is there when the block ends, and gone after an error."""
        with storage.written(storage.private(), self.stored_name) as file:
            sealed = self.sealed(file)
            yield sealed
            sealed.seal_rest()

    def sealed(self, file: IO[bytes]) -> SealedWriter:
        return SealedWriter(file, data_key(self.owner_id, make=True), self.owner_id, self.pk)

    def remove_file(self) -> None:
        self.progress.forget()
        storage.private().delete(self.stored_name)

    def fail(self) -> None:
        super().fail()
        self.passphrase = ""


class ExportQuerySet(AttemptQuerySet):
    def waiting(self) -> Self:
        return self.filter(ready_at=None, failed_at=None)

    def over(self) -> Self:
        """Exports that have expired, or that were never finished."""
        now = timezone.now()
        return self.filter(
            Q(expires_at__lte=now) | Q(ready_at=None, created_at__lte=now - FILE_KEPT_FOR)
        )

    def shown(self) -> Self:
        return self.exclude(expires_at__lte=timezone.now()).order_by("-created_at")


class Export(HasFile):
    """A requested export. It is ready for an hour; then the purge deletes the file and the row."""

    FOLDER = "exports"

    class Format(models.TextChoices):
        EVERYTHING = "everything", _("ZIP with everything")
        DOCUMENT = "document", _("One printable document")
        EPUB = "epub", _("An e-book")
        PDF = "pdf", _("A PDF")
        TEXT = "text", _("Plain text")
        TABLES = "tables", _("Tables")
        FIGURES = "figures", _("Figures only")

    format = models.CharField(
        max_length=10, choices=Format, default=Format.EVERYTHING, editable=False
    )
    left_out = ArrayField(models.CharField(max_length=40), default=list, editable=False)
    # The part of the journal, if it is only one (portion.py). Without foreign keys, so that what
    # is deleted while the export waits makes it empty, and never whole.
    since = models.DateField(null=True, blank=True, editable=False)
    until = models.DateField(null=True, blank=True, editable=False)
    subject = models.CharField(max_length=10, choices=Subject, blank=True, editable=False)
    only_tag = models.UUIDField(null=True, blank=True, editable=False)
    only_item = models.UUIDField(null=True, blank=True, editable=False)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    items = models.PositiveIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None, expires_at=None, size=None, items=None)
                | Q(
                    ready_at__isnull=False,
                    expires_at__isnull=False,
                    size__isnull=False,
                    items__isnull=False,
                ),
                name="export_ready_for_a_while",
            ),
            models.CheckConstraint(
                condition=Q(passphrase__isnull=True) | Q(ready_at=None, failed_at=None),
                name="export_passphrase_until_made",
            ),
            models.CheckConstraint(
                condition=Q(
                    format__in=[
                        *("everything", "document", "epub", "pdf", "text", "tables", "figures")
                    ]
                ),
                name="export_in_a_known_format",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=models.F("until")),
                name="export_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=["", *Subject.values]), name="export_of_a_known_subject"
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="exports_newest_first")]

    @property
    def is_under_way(self) -> bool:
        return self.ready_at is None and self.failed_at is None

    @property
    def labels(self) -> list[str]:
        """The names of the left-out parts, for the page."""
        return labels_of(self.left_out)

    @property
    def portion(self) -> Portion:
        return Portion(self.since, self.until, self.subject, self.only_tag, self.only_item)

    @property
    def only(self) -> list[tuple[str, str]]:
        """The part of the journal as label and words, for a page."""
        said = [
            (_("From"), self.since and date_format(self.since, "j F Y")),
            (_("To"), self.until and date_format(self.until, "j F Y")),
            (_("What"), self.get_subject_display()),
            (_("Tag"), self.only_tag and self._tag_name),
            (_("Only"), self.only_item and name_of_item(self.owner, self.only_item)),
        ]
        return [(str(label), str(words)) for label, words in said if words]

    @property
    def _tag_name(self) -> str:
        tag = self.owner.tags.live().filter(pk=self.only_tag).first()
        return tag.name if tag else gettext("Since deleted")

    @property
    def name(self) -> str:
        ending = "zip" if self.locked_at else ENDINGS.get(self.format, "zip")
        return f"selftrust-{timezone.localdate(self.created_at).isoformat()}.{ending}"


class ImportQuerySet(AttemptQuerySet):
    def waiting(self) -> Self:
        """Imports that wait for their preview or for the import itself."""
        return self.filter(failed_at=None).filter(
            Q(looked_at=None) | Q(begun_at__isnull=False, done_at=None)
        )

    def unanswered(self) -> Self:
        """Uploaded files whose import the person has neither started nor discarded."""
        return self.filter(begun_at=None)

    def over(self) -> Self:
        """Imports that the person never started, and those that can no longer be undone."""
        now = timezone.now()
        return self.filter(
            Q(done_at=None, created_at__lte=now - FILE_KEPT_FOR)
            | Q(done_at__lte=now - UNDONE_WITHIN)
        )

    def shown(self) -> Self:
        return self.order_by("-created_at")


class Import(HasFile):
    """An uploaded file: previewed, and imported once the person confirms."""

    FOLDER = "imports"

    name = WordsField(_("File"), max_length=200, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    found = WordsField(max_length=100_000, blank=True, editable=False)  # JSON, for the preview
    # JSON: the answers to what a file of another app cannot say (foreign/questions.py).
    answers = WordsField(max_length=10_000, blank=True, editable=False)
    begun_at = models.DateTimeField(null=True, blank=True, editable=False)
    keeps_both_since = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="import_and_owner"),
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(looked_at__isnull=False),
                name="import_looked_through_before",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(begun_at__isnull=False),
                name="import_done_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False),
                name="import_undone_after_it_was_done",
            ),
            models.CheckConstraint(
                condition=Q(passphrase__isnull=True) | Q(done_at=None, failed_at=None),
                name="import_passphrase_until_read",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="imports_newest_first")]

    def get_absolute_url(self) -> str:
        return row_url("exchange:import-detail", self.pk)

    @cached_property
    def preview(self) -> dict[str, Any]:
        found = json.loads(self.found) if self.found else {}
        for kind in found.get("kinds", []):
            kind["name"] = name_of(kind["table"]) if kind["table"] else _("Other files")
        for sample in found.get("samples", []):
            sample["day"] = date.fromisoformat(sample["day"])
        lists = ("skipped", "shortened", "notes")
        for reason in (one for name in lists for one in found.get(name, [])):
            reason["more"] = reason["count"] - len(reason.get("names", []))
        found["days"] = [date.fromisoformat(day) for day in found.get("days", [])]
        found["left_out"] = labels_of(found.get("left_out", []))
        return found

    @property
    def can_be_undone(self) -> bool:
        done = self.done_at
        return bool(done and not self.undone_at and timezone.now() - done < UNDONE_WITHIN)

    @property
    def is_under_way(self) -> bool:
        return not self.failed_at and (
            self.looked_at is None or (self.begun_at is not None and self.done_at is None)
        )


class ImportedRows(OwnedModel):
    """Up to a few hundred rows that one import made in one table, or a few that it changed."""

    owner = belongs_to("imported_rows")
    brought_by = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    table = models.CharField(max_length=60, editable=False)
    ids = ArrayField(models.UUIDField(), editable=False)
    # JSON: rows as they were before this import changed them; then `ids` is empty.
    rows_before = WordsField(max_length=2_000_000, blank=True, editable=False)

    class Meta:
        verbose_name = _("rows of an import")
        indexes = [models.Index(fields=["owner", "brought_by"], name="rows_by_import")]
