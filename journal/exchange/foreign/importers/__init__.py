"""Every importer, in the order in which they look at a file: the first that knows it reads it.
Markdown takes what is left."""

from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.importers.apple_journal import AppleJournal
from journal.exchange.foreign.importers.bear import Bear
from journal.exchange.foreign.importers.beeminder import Beeminder
from journal.exchange.foreign.importers.dailytxt import DailyTxt
from journal.exchange.foreign.importers.daylio import DaylioCsv
from journal.exchange.foreign.importers.daylio_backup import DaylioBackup
from journal.exchange.foreign.importers.dayone import DayOne
from journal.exchange.foreign.importers.fatebook import Fatebook
from journal.exchange.foreign.importers.habitbull import HabitBull
from journal.exchange.foreign.importers.joplin import Joplin
from journal.exchange.foreign.importers.journey import Journey
from journal.exchange.foreign.importers.journiv import Journiv
from journal.exchange.foreign.importers.jrnl import Jrnl
from journal.exchange.foreign.importers.keep import Keep
from journal.exchange.foreign.importers.logseq import Logseq
from journal.exchange.foreign.importers.loop import Loop
from journal.exchange.foreign.importers.loop_database import LoopDatabase
from journal.exchange.foreign.importers.markdown import Markdown
from journal.exchange.foreign.importers.memos import Memos
from journal.exchange.foreign.importers.notion import Notion
from journal.exchange.foreign.importers.obsidian import Obsidian
from journal.exchange.foreign.importers.predictionbook import PredictionBook
from journal.exchange.foreign.importers.standard_notes import StandardNotes
from journal.exchange.foreign.importers.streaks import Streaks

IMPORTERS: list[type[Importer]] = [
    DayOne,
    DaylioCsv,
    DaylioBackup,
    Loop,
    Keep,
    StandardNotes,
    Notion,
    Joplin,
    Logseq,
    Bear,
    Fatebook,
    PredictionBook,
    HabitBull,
    Streaks,
    Beeminder,
    Memos,
    DailyTxt,
    AppleJournal,
    Journiv,
    LoopDatabase,
    Journey,
    Jrnl,
    Obsidian,
    Markdown,
]
