"""`OwnedModel`, the base of every row that belongs to one person.

The form makes a new row's id when it is rendered and posts it, so that a double click, or a retry
after a lost response, makes one row. Deleting hides a row for 30 days. `version` counts saves, so
that two tabs cannot overwrite each other silently.
"""

import secrets
import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from journal.privacy.check_constraints import batch_checks
from journal.privacy.fields import WordsField, without_decrypting


def uuid7() -> uuid.UUID:
    """A version 7 UUID (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class OwnedQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Rows that are not in the trash."""
        return self.filter(deleted_at=None)

    def trashed(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def order_by(self, *names: Any) -> Self:
        self._refuse_order_of_words(names)
        return super().order_by(*names)

    def latest(self, *names: Any) -> Any:
        self._refuse_order_of_words(names)
        return super().latest(*names)

    def earliest(self, *names: Any) -> Any:
        self._refuse_order_of_words(names)
        return super().earliest(*names)

    def update(self, **values: Any) -> int:
        """An update may only clear words: an expression would write text, or the bytes of another
        column, where sealed bytes belong."""
        for field in words_of(self.model):
            if values.get(field.name) is not None:
                raise FieldError(f"{field.name} is sealed: save the row, it cannot be updated.")
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]  # templates may not call it

    def _refuse_order_of_words(self, names: Iterable[Any]) -> None:
        """Raises for words, since the order of sealed bytes means nothing."""
        for name in names:
            plain = getattr(name, "expression", name)  # F("body").desc() holds an F("body")
            plain = plain if isinstance(plain, str) else getattr(plain, "name", "")
            parts = plain.lstrip("-+").split("__")
            try:
                _path, field, _targets, _rest = self.query.names_to_path(parts, self.model._meta)
            except FieldError:
                continue  # an annotation, or a name for which Django raises
            if isinstance(field, WordsField):
                raise FieldError(f"{plain} is sealed and cannot be ordered by.")


def words_of(model: type[models.Model]) -> Iterable[WordsField]:
    return (field for field in model._meta.concrete_fields if isinstance(field, WordsField))


def field_of(model: type[models.Model], name: str) -> models.Field:
    """`get_field` for a column; Django's may also return a relation from another model."""
    return next(field for field in model._meta.concrete_fields if field.name == name)


def belongs_to(related_name: str) -> Any:
    """The owner of a row."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name=related_name,
        editable=False,
        db_index=False,  # every owned table has an index that begins with the owner
    )


class OwnedModel(models.Model):
    # The table's name in export files. It outlives renames of models and apps.
    export_name: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = belongs_to("%(class)ss")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"  # never words: logs contain this

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        return [
            (model, batch_checks(constraints)) for model, constraints in super().get_constraints()
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Counts the save in `version`, and writes `updated_at` with any partial update."""
        if not self._state.adding:
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
        super().save(*args, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Reloads words unopened, so that saving them unchanged keeps their bytes."""
        with without_decrypting():
            super().refresh_from_db(*args, **kwargs)

    def trash(self) -> None:
        """Hides the row; `restore` undoes it for 30 days. A second call changes nothing."""
        if self.deleted_at is None:
            self.deleted_at = timezone.now()
            self.save(update_fields=["deleted_at"])

    def restore(self) -> None:
        self.deleted_at = None
        self.save(update_fields=["deleted_at"])

    def insert_once(self) -> Self | None:
        """Inserts the row; if its id was posted before, returns the row inserted then.

        None means that a row this person cannot see has the id: the view answers 409 with a form
        that has a new id.
        """
        try:
            with transaction.atomic():
                self.save(force_insert=True)
            return self
        except IntegrityError as error:
            # The constraint that PostgreSQL names first depends on the order in which the indexes
            # were created, which differs in a restored backup.
            if not _is_any_unique_violation(error):
                raise
            there = type(self)._default_manager.filter(pk=self.pk).first()
            if there is None and not is_unique_violation(error, f"{self._meta.db_table}_pkey"):
                raise
        return cast("Self | None", there)


def _is_any_unique_violation(error: IntegrityError) -> bool:
    return isinstance(error.__cause__, UniqueViolation)


def is_unique_violation(error: IntegrityError, constraint: str) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis is not None and diagnosis.constraint_name == constraint
