#!/usr/bin/env python
"""Django's command line for Selftrust; a command that needs a database finds one running."""

import gc
import logging
import os
import sys


def main() -> None:
    gc.disable()  # until the apps are loaded (journal/operation/apps.py)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from journal.embedded.errors import CannotStart
    from journal.embedded.temporary_server import database_for

    try:
        with database_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (CannotStart, ImproperlyConfigured) as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        log = logging.getLogger("selftrust.manage")
        log.critical("A command ended by an error.", extra={"error": error})
        raise


if __name__ == "__main__":
    main()
