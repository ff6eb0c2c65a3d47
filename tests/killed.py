"""A management command that is killed, as by a power cut, as soon as one function has returned.

python -m tests.killed DATABASE package.module.function command arguments
"""

import os
import signal
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "selftrust.settings"
    django.setup()

    from django.core.management import call_command
    from django.db import connection

    database, point, *command = sys.argv[1:]
    connection.settings_dict["NAME"] = database
    path, name = point.rsplit(".", 1)
    module = import_module(path)
    function = getattr(module, name)

    def and_no_further(*arguments, **options):
        function(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, and_no_further)
    if hasattr(module, "STEPS"):
        module.STEPS = tuple(and_no_further if one is function else one for one in module.STEPS)
    call_command(*command)
