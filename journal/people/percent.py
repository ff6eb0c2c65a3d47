"""Shares in words, the same on every page, in every chart and file: "82%", "82–95%"."""

from django.utils.translation import gettext as _


def percent(share: float) -> str:
    """A share in per cent, to the nearest whole number."""
    return _("%(n)s%%") % {"n": round(share)}


def range_format() -> str:
    """The format of a range in the person's language, for those who write hundreds of them."""
    return _("%(low)s–%(high)s%%")


def percent_range(low: int, high: int) -> str:
    return range_format() % {"low": low, "high": high}
