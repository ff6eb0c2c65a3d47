"""The API with all of its operations."""

from journal.api import check_ins, entries, search
from journal.api.api import api

for router in (entries.router, check_ins.router, search.router):
    api.add_router("", router)

__all__ = ["api"]
