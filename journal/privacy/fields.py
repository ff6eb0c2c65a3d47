"""WordsField: a text field, sealed at rest under the owner's data key.

The column holds AES-256-GCM bytes, bound to table, column, owner and row, so that a value copied
to another row or person does not open. The field decrypts on first access, so a list that shows no
bodies decrypts none. In code the attribute is plain text; blank is the empty string in Python and
NULL in the database.

Filtering, ordering, `update()` and `bulk_update()` cannot work on sealed bytes, so they raise, and
the values that `values()` returns raise when read as text.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models.expressions import Value
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from journal.privacy.keys import NONCE_BYTES, SealBroken, data_key, key_is_uncommitted
from journal.privacy.length import LengthValidator
from journal.privacy.normalization import MOST_MARKS, normalize_words

PLAIN, PACKED = b"\x01", b"\x02"  # the first byte: whether the text was compressed
PACK_FROM_BYTES = 1500  # short texts gain little, and search would have to decompress each


def seal(cipher: AESGCM, text: str, place: bytes) -> bytes:
    """Seals text for one place (see `WordsField.place`)."""
    raw, kind = text.encode(), PLAIN
    if len(raw) >= PACK_FROM_BYTES:
        raw, kind = zlib.compress(raw, 6), PACKED
    nonce = os.urandom(NONCE_BYTES)
    return kind + nonce + cipher.encrypt(nonce, raw, kind + place)


def unseal(cipher: AESGCM, sealed: bytes, place: bytes) -> str:
    """Opens bytes that `seal` made for the same place. Raises SealBroken for any others."""
    kind, nonce = sealed[:1], sealed[1 : 1 + NONCE_BYTES]
    try:
        raw = cipher.decrypt(nonce, sealed[1 + NONCE_BYTES :], kind + place)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("These words can't be decrypted.") from error
    return (zlib.decompress(raw) if kind == PACKED else raw).decode()


def unseal_column(
    cipher: AESGCM, place: bytes, sealed: Sequence[bytes | None], row_ids: Sequence[bytes]
) -> list[bytes]:
    """As `unseal`, for a column of many rows, each of whose ids ends its place. Returns UTF-8,
    empty where nothing is sealed: few of these texts are decoded."""
    decrypt, plain, packed = cipher.decrypt, PLAIN + place, PACKED + place
    is_plain, text_from = PLAIN[0], 1 + NONCE_BYTES
    try:
        return [
            b""
            if not data
            else decrypt(data[1:text_from], data[text_from:], plain + row_id)
            if data[0] == is_plain
            else zlib.decompress(decrypt(data[1:text_from], data[text_from:], packed + row_id))
            for data, row_id in zip(sealed, row_ids, strict=True)
        ]
    except (InvalidTag, ValueError) as error:
        raise SealBroken("These words can't be decrypted.") from error


class Sealed:
    """Bytes from the database, not opened yet. Reading them as text raises.

    A pickle or a copy carries only the bytes, never the decrypted text.
    """

    __slots__ = ("data", "text")

    def __init__(self, data: bytes, text: str | None = None) -> None:
        self.data = data
        self.text = text

    def _refuse(self, *_args: object) -> str:
        raise TypeError("Sealed words have no text outside their row; load the model instead.")

    __str__ = __format__ = _refuse

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            self._refuse()
        return isinstance(other, Sealed) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def __reduce__(self) -> tuple[type["Sealed"], tuple[bytes]]:
        return Sealed, (self.data,)


_left_sealed: ContextVar[bool] = ContextVar("selftrust_left_sealed", default=False)


@contextmanager
def without_decrypting() -> Iterator[None]:
    """In this context, attributes return the column's value, sealed bytes or None: a reload
    neither opens nor reseals them, and a raw insert writes them unchanged."""
    token = _left_sealed.set(True)
    try:
        yield
    finally:
        _left_sealed.reset(token)


_opened: ContextVar[dict[Any, Any] | None] = ContextVar("selftrust_opened", default=None)


@contextmanager
def opened_rows() -> Iterator[dict[Any, Any]]:
    """Collects the rows of which this context reads any words, by table and id. The coach's pages
    fill the client's access log with it (journal/sharing/access_log.py)."""
    rows: dict[Any, Any] = {}
    token = _opened.set(rows)
    try:
        yield rows
    finally:
        _opened.reset(token)


def note_opened(row: Any) -> None:
    """For code that calls `unseal` itself. Rows outside of `opened_rows` are not collected."""
    rows = _opened.get()
    if rows is not None:
        rows[row._meta.label, row.pk] = row


def refuse_lone_surrogates(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(
            _("This text contains a broken character. Remove it and try again."),
            code="surrogate",
        ) from error


def refuse_piled_marks(value: str) -> None:
    if normalize_words(value)[1]:
        raise ValidationError(
            _(
                "A letter in this text has more than %(most)s accents. Remove some of them "
                "and try again."
            ),
            code="marks",
            params={"most": MOST_MARKS},
        )


class WordsInput(forms.CharField):
    """A form field for words: normalizes line ends to `\\n` and characters to NFC, and rejects lone
    surrogates and piled-up marks. What is compared with stored words passes through here too.
    `max_length` counts characters as people do (length.py)."""

    default_validators = [refuse_lone_surrogates]

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        if max_length is not None:
            self.validators.append(LengthValidator(max_length))
            self.widget.attrs |= self.widget_attrs(self.widget)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        refuse_piled_marks(text)
        return normalize_words(text.replace("\r\n", "\n").replace("\r", "\n"))[0]


class WordsAttribute(DeferredAttribute):
    """Opens on first access, and keeps the sealed original for `pre_save`."""

    field: "WordsField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if _left_sealed.get():
            return value or None
        if isinstance(value, Sealed):
            return self.field.open(instance, value)
        return value or ""

    def __set__(self, instance: Any, value: Any) -> None:
        name = self.field.attname
        held = instance.__dict__.get(name)
        if isinstance(held, Sealed) and not isinstance(value, Sealed):
            instance.__dict__.setdefault("_sealed_originals", {})[name] = held
        instance.__dict__[name] = value


class IsBlank(IsNull):
    """Blank words are NULL in the database, so constraints validated in Python must see NULL."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if isinstance(lhs, Value) and lhs.value == "":
            lhs = Value(None, lhs.output_field)
        super().__init__(lhs, rhs)


class WordsField(models.Field):
    """Sealed text. `max_length` counts characters as people do and is required."""

    descriptor_class = WordsAttribute
    description = _("Sealed words")

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        kwargs |= {"null": True, "max_length": max_length}
        super().__init__(*args, **kwargs)
        self.validators.extend(
            [
                LengthValidator(max_length),
                ProhibitNullCharactersValidator(),
                refuse_lone_surrogates,
                refuse_piled_marks,
            ]
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["null"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self, instance: Any) -> bytes:
        """The data the seal is bound to: table, column, owner and row."""
        return self.place_of(instance.owner_id) + instance.pk.bytes

    def place_of(self, owner_id: UUID) -> bytes:
        """The same without the row, for code that opens many rows."""
        return self._table_and_column + owner_id.bytes

    @cached_property
    def _table_and_column(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}\0".encode()

    def open(self, instance: Any, sealed: Sealed) -> str:
        note_opened(instance)
        if sealed.text is None:
            sealed.text = unseal(data_key(instance.owner_id), sealed.data, self.place(instance))
        return sealed.text

    def get_default(self) -> None:
        return None

    def to_python(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: Any, add: bool) -> Sealed | None:
        """Unchanged words keep their bytes; changed words are sealed again, in form NFC. Piled-up
        marks that no form has refused are sealed as they are."""
        held = model_instance.__dict__.get(self.attname)
        original = model_instance.__dict__.get("_sealed_originals", {}).pop(self.attname, None)
        if isinstance(held, Sealed) and not add:
            return held
        text = getattr(model_instance, self.attname)
        if not text:
            return None
        normal, shortened = normalize_words(text)
        text = text if shortened else normal
        cipher = data_key(model_instance.owner_id, make=True)
        if original is None or add or self.open(model_instance, original) != text:
            original = Sealed(seal(cipher, text, self.place(model_instance)), text)
        if not key_is_uncommitted(model_instance.owner_id):
            model_instance.__dict__[self.attname] = original
        return original

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        raise FieldError(f"{self.name} is sealed: save the row, it cannot be compared or updated.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value.data)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsBlank
        raise FieldError(f"{self.name} is sealed: only isnull can be asked of it.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: nothing can be computed from it.")

    def formfield(self, **kwargs: Any) -> Any:
        defaults: dict[str, Any] = {"form_class": WordsInput, "max_length": self.max_length}
        if (self.max_length or 0) > 200:
            defaults["widget"] = forms.Textarea
        return super().formfield(**{**defaults, **kwargs})
