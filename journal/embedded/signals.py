"""Waits for a signal to end, the end of a child or a timeout, whichever comes first."""

import os
import select
import signal


class Signals:
    """Once it exists, Ctrl-C and SIGTERM no longer interrupt the process: they set `ended`."""

    def __init__(self) -> None:
        self.ended = False
        self._reading, writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:  # nohup
                signal.signal(number, self._end)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def wait(self, seconds: float) -> None:
        """Returns after the seconds, or as soon as a signal arrives or a child ends."""
        ready, _, _ = select.select([self._reading], [], [], seconds)
        if ready:
            os.read(self._reading, 1024)

    def _end(self, *_signal: object) -> None:
        self.ended = True
