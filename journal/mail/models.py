"""The outbox: mails until the worker has sent them, for an hour at most.

Only the owner's role reaches this table. Addresses and text are sealed under a key derived from the
master key, since a mail may go to someone who has no data key yet. The ciphertext is bound to table
and row.
"""

import json
import os
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any, ClassVar, Self

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import connection, models, transaction
from django.utils import timezone

from journal.privacy import keys
from journal.privacy.ownership import uuid7

PURPOSE = b"selftrust outbox"
KEPT_FOR = timedelta(hours=1)
REFUSALS = (SMTPResponseException, SMTPRecipientsRefused)  # the server has not taken it
LISTS = ("to", "cc", "bcc", "reply_to")


class Unknown(Exception):
    """The connection broke while the server was taking the mail."""


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def over(self) -> Self:
        now = timezone.now()
        return self.filter(models.Q(created_at__lte=now - KEPT_FOR) | models.Q(until__lte=now))

    def delete_over(self) -> None:
        """Waits for nobody: rows that another transaction is deleting are left to it."""
        rows = self.over().select_for_update(skip_locked=True)
        self.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()

    def store(self, message: EmailMessage) -> "OutboxMessage":
        """Seals a mail and stores it, in the caller's transaction. Raises what Django raises for a
        malformed header, and ValueError for an attachment, which no mail has."""
        if message.attachments:
            raise ValueError("The outbox holds no attachments.")
        row = OutboxMessage(until=getattr(message, "until", None))
        domain = message.from_email.rpartition("@")[2].rstrip(">")
        # The same for every attempt, so that a mail that comes twice is recognised.
        message.extra_headers.setdefault("Message-ID", f"<{row.pk}@{domain}>")
        message.message()  # checks the headers
        row.seal(json.dumps(_fields_of(message), default=str))
        row.save(force_insert=True)
        return row

    def reseal(self, current: str) -> int:
        """Seals all mails again that another master key sealed, and deletes those that do not open,
        which nobody can send. Returns how many it sealed."""
        done = 0
        with transaction.atomic():
            for row in self.exclude(master=current).select_for_update():
                try:
                    row.seal(row.unseal())
                except keys.SealBroken:
                    row.delete()
                else:
                    row.save(update_fields=["sealed", "master"])
                    done += 1
        return done


class PassingMessage(EmailMultiAlternatives):
    """A mail that is worth nothing after a moment, such as a reminder: it is not sent then, and
    rather lost than sent twice."""

    until: datetime | None = None


class OutboxMessage(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sealed = models.BinaryField()
    master = models.CharField(max_length=16)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While a worker is sending it; after that time, that worker is dead.
    taken_until = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)  # of a PassingMessage

    objects: ClassVar = OutboxQuerySet.as_manager()

    def __str__(self) -> str:
        return f"mail {self.pk}"

    @property
    def expires_at(self) -> Any:
        expires_at = self.created_at + KEPT_FOR
        return min(expires_at, self.until) if self.until else expires_at

    @property
    def place(self) -> bytes:
        return self._meta.db_table.encode() + self.pk.bytes

    def seal(self, text: str) -> None:
        """The lock makes `rotate_key` wait until this transaction ends before it removes the master
        key that is read here."""
        with connection.cursor() as cursor:
            cursor.execute("lock table mail_outboxmessage in row exclusive mode")
        master = keys.master_keys()[0]
        nonce = os.urandom(keys.NONCE_BYTES)
        cipher = master.derive(PURPOSE)
        self.sealed = nonce + cipher.encrypt(nonce, text.encode(), self.place)
        self.master = master.name

    def unseal(self) -> str:
        """Raises SealBroken for changed or moved bytes, or without their master key."""
        master = next((key for key in keys.master_keys() if key.name == self.master), None)
        if master is None:
            raise keys.SealBroken("This email was encrypted with a master key that is missing.")
        raw = bytes(self.sealed)
        nonce, rest = raw[: keys.NONCE_BYTES], raw[keys.NONCE_BYTES :]
        try:
            return master.derive(PURPOSE).decrypt(nonce, rest, self.place).decode()
        except InvalidTag as error:
            raise keys.SealBroken("This email can’t be decrypted.") from error

    def claim(self, lease: timedelta) -> bool:
        """Takes the mail for one attempt. False if another worker has it, or has sent it."""
        now = timezone.now()
        free = models.Q(taken_until=None) | models.Q(taken_until__lte=now)
        self.attempts, self.taken_until = self.attempts + 1, now + lease
        rows = type(self).objects.filter(free, pk=self.pk)
        return rows.update(attempts=self.attempts, taken_until=self.taken_until) == 1

    def release(self) -> None:
        self.taken_until = None
        self.save(update_fields=["taken_until"])

    def deliver(self) -> list[str]:
        """Sends the mail by the backend that EMAIL_URL names, and returns its addresses. Raises
        what that raises, and Unknown where the server may have taken a mail that must not go twice.
        """
        fields = json.loads(self.unseal())
        subtype, alternatives = fields.pop("subtype"), fields.pop("alternatives")
        with get_connection(settings.OUTBOX_BACKEND) as server:
            mail = EmailMultiAlternatives(**fields, connection=server)
            mail.content_subtype = subtype
            for content, kind in alternatives:
                mail.attach_alternative(content, kind)
            try:
                mail.send()
            except Exception as error:
                if self.until and not isinstance(error, REFUSALS):
                    raise Unknown from error
                raise
        return mail.recipients()


def _fields_of(message: EmailMessage) -> dict[str, Any]:
    return {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "headers": message.extra_headers,
        **{name: list(getattr(message, name)) for name in LISTS},
        "subtype": message.content_subtype,
        "alternatives": [list(one) for one in getattr(message, "alternatives", [])],
    }
