"""A process that is killed, as by a power cut, as soon as one function has returned.

python -m tests.process_kill DATABASE package.module.function command arguments
python -m tests.process_kill DATABASE package.module.function post SESSION /address/ name=value ...

The first is the management command, the second the web server, in the middle of one request. With
"-" for the function nothing is killed. PROCESS_CLOCK is the moment at which its clock starts.
"""

import os
import signal
import sys
from datetime import datetime
from importlib import import_module

import django
import time_machine

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "selftrust.settings"
    django.setup()

    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    database, point, *command = sys.argv[1:]
    connection.settings_dict["NAME"] = database
    if clock := os.environ.get("PROCESS_CLOCK"):
        time_machine.travel(datetime.fromisoformat(clock)).start()
    if point != "-":
        path, name = point.rsplit(".", 1)
        module = import_module(path)
        function = getattr(module, name)

        def and_no_further(*arguments, **options):
            function(*arguments, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(module, name, and_no_further)
        if hasattr(module, "STEPS"):
            module.STEPS = tuple(and_no_further if one is function else one for one in module.STEPS)
    if command[0] == "post":
        session, path, *fields = command[1:]
        client = Client(HTTP_HOST="localhost")
        client.cookies["sessionid"] = session
        client.post(path, dict(field.split("=", 1) for field in fields))
    else:
        call_command(*command)
