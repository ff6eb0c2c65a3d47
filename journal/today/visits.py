"""On how many days a browser has opened Today, up to the third, when installing is offered once.

A cookie holds the count, so nothing is stored about it here, and each device counts its own.
"""

import re
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE, YEAR = "visits", 60 * 60 * 24 * 365
THIRD = 3
COUNTED = re.compile(r"(\d{4}-\d\d-\d\d)\.([1-9])", re.A)


def number_of(request: HttpRequest, today: date) -> int:
    """Which visit this is: 1 on the first day. More than THIRD in the installed app itself."""
    if "app" in request.GET:
        return THIRD + 1
    counted = COUNTED.fullmatch(request.COOKIES.get(COOKIE, ""))
    if counted is None:
        return 1
    day, number = counted[1], int(counted[2])
    return number if day == today.isoformat() else min(number, THIRD) + 1


def remember(response: HttpResponseBase, today: date, number: int) -> None:
    value = f"{today.isoformat()}.{number}"
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax")
