"""What a person is told when Selftrust cannot start: one sentence, never a traceback."""


class CannotStart(Exception):
    """Its message is a whole sentence for the person at the terminal."""


class AlreadyRunning(CannotStart):
    """Another process of ours runs a server on this data folder."""
