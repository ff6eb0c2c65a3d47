"""`manage.py metrics`: what Prometheus reads of the database and the data folder."""

import socket
from typing import Any

from django.core.management.base import BaseCommand
from prometheus_client import generate_latest

from journal.operation import metrics


class Command(BaseCommand):
    help = "Print what Prometheus reads, apart from the counts of the running processes."
    requires_system_checks = []
    stealth_options = ("listening",)  # `serve` hands its socket over, to answer there for ever

    def handle(self, *, listening: socket.socket | None = None, **_options: Any) -> None:
        if listening is None:
            self.stdout.write(generate_latest(metrics.registry()).decode(), ending="")
        else:
            metrics.serve(listening)
