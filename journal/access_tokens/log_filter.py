"""Keeps access tokens out of the log: whoever reads it could act for a person.

Django logs the path of each request that it refuses, and a token may be refused for a while only.
"""

import logging
import re
from typing import Any

TOKEN = re.compile(r"(/t/[a-z]+/)[^/\s]+")


class WithoutTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _shortened(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_shortened(one) for one in record.args)
        return True


def _shortened(value: Any) -> Any:
    # A function, since `re` imports its parser of templates, which fails while Python shuts down.
    return TOKEN.sub(lambda found: f"{found[1]}…", value) if isinstance(value, str) else value
