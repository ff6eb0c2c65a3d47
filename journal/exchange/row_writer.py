"""Inserts raw rows: with words already sealed, and timestamps and versions unchanged."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models.constants import OnConflict
from django.utils.translation import gettext as _

from journal.exchange.exceptions import ImportRefused
from journal.privacy.fields import without_decrypting
from journal.privacy.ownership import OwnedModel, words_of


def sealed(row: OwnedModel) -> None:
    """Seals the row's words, since a raw insert does not call `pre_save`."""
    for field in words_of(type(row)):
        row.__dict__[field.attname] = field.pre_save(row, add=True)


def insert(model: type[OwnedModel], rows: list[OwnedModel]) -> None:
    """Inserts rows unchanged, `created_at` and `updated_at` included; existing rows stay."""
    deferred = any(getattr(rule, "deferrable", None) for rule in model._meta.constraints)
    with without_decrypting():
        model._base_manager.all()._insert(  # type: ignore[attr-defined]  # Django's own, for raw rows
            rows,
            fields=model._meta.concrete_fields,
            using="default",
            raw=True,
            on_conflict=None if deferred else OnConflict.IGNORE,
        )


def insert_one_by_one(model: type[OwnedModel], label: str, rows: list[OwnedModel]) -> None:
    """Finds the row that breaks a rule, and raises ImportRefused with the rule."""
    for row in rows:
        try:
            with transaction.atomic():
                insert(model, [row])
        except (IntegrityError, DataError) as error:
            raise ImportRefused(broken_rule(model, label, error)) from error


def broken_rule(model: type[OwnedModel], label: str, error: Exception) -> str:
    """The error message of the violated constraint, if it has one."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    for rule in model._meta.constraints:
        if (
            rule.name == name
            and rule.violation_error_message != rule.default_violation_error_message
        ):
            return _("A row in %(table)s can’t be used: %(reason)s") % {
                "table": label,
                "reason": rule.get_violation_error_message(),
            }
    return _("A row in %(table)s breaks a rule of its table: %(rule)s.") % {
        "table": label,
        "rule": name or "?",
    }


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
