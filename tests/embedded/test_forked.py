"""Processes of one supervisor end together: most by being asked, the rest by force."""

import signal
import subprocess
import sys

from tests.embedded.running import ROOT

SUPERVISOR = """
import os, signal, sys, time
from journal.embedded import forked
from journal.embedded.signals import Signals

def obedient():
    os.write(1, b"up\\n")
    time.sleep(600)

def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    obedient()

tasks = {"obedient": [obedient, lambda: obedient()], "stubborn": [obedient, stubborn]}[sys.argv[1]]
print(forked.supervise(tasks, Signals(), grace=float(sys.argv[2])), flush=True)
"""


def test_whoever_does_not_end_in_time_is_killed_and_that_is_said():
    for kind, grace, in_time in (("obedient", "60", "True"), ("stubborn", "0.1", "False")):
        command = [sys.executable, "-c", SUPERVISOR, kind, grace]
        supervisor = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert [supervisor.stdout.readline() for _task in range(2)] == ["up\n"] * 2
        supervisor.send_signal(signal.SIGTERM)

        assert supervisor.communicate(timeout=60)[0] == f"{in_time}\n"
