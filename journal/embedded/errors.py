"""Errors that manage.py prints as one sentence, without a traceback."""


class CannotStart(Exception):
    """Its message is a whole sentence for the user at the terminal."""


class AlreadyRunning(CannotStart):
    """Another Selftrust process runs a server on this data folder."""


class DamagedData(CannotStart):
    """The data folder does not hold a database that this server can run, however often it tries."""
