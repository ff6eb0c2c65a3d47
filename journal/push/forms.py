"""What a browser says when a person turns notifications on (Push API)."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.push import endpoints, vapid
from journal.push.models import MOST_DEVICES, PushSubscription, hash_endpoint

AUTH_BYTES = 16
PREFIX = "key"  # so that no page of unsaved words shows it (journal/people/resubmit.py)
WRONG = _("This browser sent something that can’t be used. Reload the page and try again.")
UNKNOWN_HOST = _("This browser’s push service isn’t one that this server sends to. Email works.")
TOO_MANY = _("You have notifications on 10 devices. Remove one first.")


class DeviceForm(forms.Form):
    """A new subscription, or one that is stored already."""

    endpoint = forms.CharField(max_length=endpoints.LONGEST, error_messages={"required": WRONG})
    p256dh = forms.CharField(max_length=100, error_messages={"required": WRONG})
    auth = forms.CharField(max_length=40, error_messages={"required": WRONG})

    def __init__(
        self, data: Any, *, person: User, name: str, replaced: PushSubscription | None = None
    ) -> None:
        """`replaced` has ended, and this one comes in its place."""
        super().__init__(data, prefix=PREFIX)
        self.listed: PushSubscription | None = None
        self.person, self.name, self.replaced = person, name, replaced

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        if not endpoints.is_allowed(endpoint):
            raise ValidationError(UNKNOWN_HOST)
        return endpoint

    def clean_p256dh(self) -> str:
        """A point of the curve P-256."""
        text: str = self.cleaned_data["p256dh"]
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), vapid.decode(text))
        except ValueError as error:
            raise ValidationError(WRONG) from error
        return text

    def clean_auth(self) -> str:
        text: str = self.cleaned_data["auth"]
        try:
            raw = vapid.decode(text)
        except ValueError:
            raw = b""
        if len(raw) != AUTH_BYTES:
            raise ValidationError(WRONG)
        return text

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            devices = self.person.push_subscriptions
            endpoint_hash = hash_endpoint(self.cleaned_data["endpoint"])
            self.listed = devices.filter(endpoint_hash=endpoint_hash).first()
            is_more = not (self.was_listed or self.replaced)
            if is_more and devices.count() >= MOST_DEVICES:
                raise ValidationError(TOO_MANY)
        return self.cleaned_data

    @property
    def was_listed(self) -> bool:
        return self.listed is not None

    @property
    def problem(self) -> str:
        """One sentence: nobody filled in these fields."""
        return str(next(error for errors in self.errors.values() for error in errors))

    def save(self) -> PushSubscription:
        """The caller holds the person's lock, so that a double click makes one row."""
        device = self.listed or self.replaced or PushSubscription(owner=self.person)
        if self.replaced and device != self.replaced:
            self.replaced.delete()
        given = self.cleaned_data
        device.endpoint, device.endpoint_hash = given["endpoint"], hash_endpoint(given["endpoint"])
        device.p256dh, device.auth, device.name = given["p256dh"], given["auth"], self.name
        device.refusals = 0
        device.save()
        return device
