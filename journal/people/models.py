"""The account of a person and its settings. The only words in it are the person's name."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.ownership import uuid7

# What else follows when a person's zone may have changed. An app registers it in `AppConfig.ready`.
ON_NEW_ZONE: list[Callable[["User"], None]] = []


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    class Theme(models.TextChoices):
        SYSTEM = "system", _("Same as my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class AppName(models.TextChoices):
        """The name and the icon of the app on a device."""

        SELFTRUST = "selftrust", "Selftrust"
        NOTES = "notes", _("Notes")

        @property
        def icon(self) -> str:
            """The beginning of its files in static/."""
            return "notes" if self is User.AppName.NOTES else "mark"

    class Offer(models.TextChoices):
        CHECK_UP = "check-up", _("Your check-up")
        VALUES = "values", _("What matters to you")
        COACH = "coach", _("A coach")
        INSTALL = "install", _("On your home screen")
        GROWN = "grown", _("What has grown")

    class WeekStart(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("email"), unique=True)
    is_active = models.BooleanField(_("on"), default=True)
    is_staff = models.BooleanField(_("operator"), default=False)  # of this installation
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    called = WordsField(_("What should we call you?"), max_length=40, blank=True)
    zone = models.CharField(_("Time zone"), max_length=64, blank=True)
    day_starts_at = models.PositiveSmallIntegerField(
        _("My day starts at"), default=0, validators=[MaxValueValidator(23)]
    )
    week_starts_on = models.PositiveSmallIntegerField(
        _("My week starts on"), choices=WeekStart, default=WeekStart.MONDAY
    )
    theme = models.CharField(_("Appearance"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    app_name = models.CharField(
        _("Name and icon"), max_length=9, choices=AppName, default=AppName.SELFTRUST
    )
    language = models.CharField(_("Language"), max_length=10, blank=True)
    # That of the browser in which they last signed in, for mails if they chose none.
    browser_language = models.CharField(
        max_length=10, blank=True, default="", db_default="", editable=False
    )
    lock_after = models.PositiveSmallIntegerField(
        _("Lock when I’m away"), null=True, blank=True, validators=[MinValueValidator(1)]
    )  # minutes
    # Since when the app makes no offers for a recurring tag (reflections/rumination).
    no_offers_since = models.DateTimeField(null=True, blank=True, editable=False)
    # The zone of a browser to which the person said "stay": Today does not offer it again.
    zone_declined = models.CharField(max_length=64, blank=True, editable=False)
    # Since when Today never offers to follow the browser's zone.
    no_zone_offers_since = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when pages use words in place of numbers.
    numbers_hidden_since = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when the start (journal/today/onboarding) waits for a new person's first sign-in; null
    # once it led them there.
    start_due_since = models.DateTimeField(null=True, blank=True, editable=False)
    # What Today does not offer any more, and the day from which it may offer something again: one
    # offer a day, none for a week after "Not now" (journal/today/offers.py).
    declined_offers = ArrayField(
        models.CharField(max_length=8, choices=Offer), default=list, blank=True, editable=False
    )
    next_offer_on = models.DateField(null=True, blank=True, editable=False)
    # `manage.py demo` created this account; the pages say so.
    example_since = models.DateTimeField(null=True, blank=True, editable=False)

    # Since when they coach others (journal/coaching). The operator sets it, or a client's
    # invitation if the installation allows that.
    coaches_since = models.DateTimeField(null=True, blank=True, editable=False)

    # When the requested deletion of the account is due; signing in before then cancels it.
    deletion_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    PREFERENCES = (
        "called",
        "zone",
        "day_starts_at",
        "week_starts_on",
        "theme",
        "app_name",
        "language",
        "lock_after",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("account"), _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(
                condition=models.Q(day_starts_at__lte=23), name="day_starts_at_an_hour"
            ),
            models.CheckConstraint(
                condition=models.Q(week_starts_on__in=[0, 5, 6]), name="week_starts_on_a_known_day"
            ),
        ]

    def __str__(self) -> str:
        return gettext("person %(id)s") % {"id": self.pk}

    def has_perm(self, permission: str, row: Any = None) -> bool:
        """For Django's admin: the operator may change every registered model."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    def save(self, *args: Any, **kwargs: Any) -> None:
        may_move = not self._state.adding and "zone" in (kwargs.get("update_fields") or ["zone"])
        super().save(*args, **kwargs)
        for follow in ON_NEW_ZONE if may_move else ():
            follow(self)

    @property
    def reads_in(self) -> str:
        """The language of what is written to them outside of their own requests: mails, exports."""
        offered = dict(settings.LANGUAGES)
        for code in (self.language, self.browser_language):
            if code in offered:
                return code
        return settings.LANGUAGE_CODE

    def note_browser_language(self, code: str) -> None:
        if code != self.browser_language:
            self.browser_language = code
            self.save(update_fields=["browser_language"])

    def stay_in_zone(self, declined: str, *, never: bool = False) -> None:
        """Answers the offer to follow a browser's zone with no: once, or for good."""
        self.zone_declined = declined
        self.no_zone_offers_since = timezone.now() if never else None
        self.save(update_fields=["zone_declined", "no_zone_offers_since"])

    @property
    def owner_id(self) -> UUID:
        """A person owns their own row; the seal of their name is bound to it."""
        return self.pk

    def switch_on(self) -> None:
        self.is_active = True
        self.save(update_fields=["is_active"])

    def switch_off(self) -> None:
        """Deactivates the account and ends its sessions."""
        self.is_active = False
        self.save(update_fields=["is_active"])
        for session in self.usersession_set.all():  # type: ignore[attr-defined]  # allauth's model has no types
            session.end()

    def put_off_offers(self, until: date) -> None:
        self.next_offer_on = until
        self.save(update_fields=["next_offer_on"])

    def decline_offer(self, kind: str) -> None:
        """The caller holds the lock on the person's row."""
        if kind not in self.declined_offers:
            self.declined_offers = [*self.declined_offers, kind]
            self.save(update_fields=["declined_offers"])

    def let_coach(self, *, coaches: bool) -> None:
        """Coach pages check this on every request; the coach's links stay in either case."""
        self.coaches_since = timezone.now() if coaches else None
        self.save(update_fields=["coaches_since"])

    def lock(self) -> None:
        """Locks the person's row until the transaction ends, for rules over several rows that no
        constraint can express."""
        type(self).objects.select_for_update(of=("self",)).only("pk").get(pk=self.pk)


def display_name(person: User) -> str:
    return person.email


class Invitation(models.Model):
    """A link that lets one person sign up. The table stores only the token's hash."""

    LIVES = timedelta(days=7)

    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @classmethod
    def make(cls, made_by: User) -> str:
        """Stores an invitation and returns its token, which the page shows once."""
        token = secrets.token_urlsafe(24)
        cls.objects.create(token_hash=hash_of(token), made_by=made_by)
        return token

    @classmethod
    def open_for(cls, token: str) -> "Invitation | None":
        since = timezone.now() - cls.LIVES
        return cls.objects.filter(
            token_hash=hash_of(token), used_at=None, made_at__gte=since
        ).first()

    def use(self) -> bool:
        """Marks the invitation as used. False if another request was faster."""
        open_ones = type(self).objects.filter(pk=self.pk, used_at=None)
        return open_ones.update(used_at=timezone.now()) == 1


class SharedValue(models.Model):
    """A row of database_cache.py: the number of attempts, by hashed key."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "a shared value"


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


from journal.people.values.models import Value  # noqa: E402, F401 - Django looks for models here
