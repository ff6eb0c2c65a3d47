"""Recording a promise as kept from a notification: one promise, one day, and only if it is open."""

from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.promises import today_query
from journal.promises.forms import CheckInForm
from journal.promises.models import CheckIn, Promise


class RecordResult(models.TextChoices):
    RECORDED = "recorded", _("Kept. Recorded.")
    ANSWERED = "answered", _("Not changed. You recorded something else for that day.")
    PAUSED = "paused", _("Not recorded. This promise is paused.")
    CLOSED = "closed", _("Not recorded. That day can’t be recorded any more.")
    GONE = "gone", _("Not recorded. This promise isn’t active any more.")


def record(person: User, promise_id: UUID, day: date) -> RecordResult:
    """Runs as the person. A second call, and a day that is kept already, change nothing; another
    answer is never replaced."""
    due = today_query.locked(person, [promise_id], day).get(promise_id)
    if due is None:
        return RecordResult.GONE
    if due.checkin.status == CheckIn.Status.KEPT:
        return RecordResult.RECORDED
    if due.checkin.status:
        return RecordResult.ANSWERED
    if due.promise.state != Promise.State.ACTIVE:
        paused = due.promise.state == Promise.State.PAUSED
        return RecordResult.PAUSED if paused else RecordResult.GONE
    form = CheckInForm({"due_on": day, "status": CheckIn.Status.KEPT}, record=due.record)
    if not form.is_valid():
        return RecordResult.CLOSED
    form.save(due.checkin)
    return RecordResult.RECORDED
