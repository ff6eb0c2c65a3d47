"""Export, import and deletion; a part of the list in tests/pages.py."""

from tests.exchange import page_states as exchange
from tests.page import Page
from tests.scheduled_exports import page_states as scheduled

EXCHANGE = [
    Page("export", "/settings/export/", sure=True),
    Page(
        "export, too short a passphrase",
        "/settings/export/",
        sure=True,
        send="/settings/export/",
        fill={"passphrase": "short"},
    ),
    Page("export, an item", exchange.export_of_an_item, sure=True),
    Page(
        "export, a part refused",
        "/settings/export/",
        sure=True,
        send="/settings/export/",
        fill={"since": "2026-03-02", "until": "2026-03-01"},
    ),
    Page("export, under way", exchange.export_under_way, sure=True),
    Page("export, ready", exchange.export_ready, sure=True),
    Page("export, failed", exchange.export_failed, sure=True),
    Page("export, over", exchange.export_over, sure=True),
    Page("export, the scheduled one failed", scheduled.failed_on_the_export_page, sure=True),
    Page("scheduled exports", scheduled.PAGE, sure=True),
    Page("scheduled exports, no key", scheduled.PAGE, sure=True, send=scheduled.PAGE),
    Page(
        "scheduled exports, a key",
        scheduled.PAGE,
        sure=True,
        send=scheduled.PAGE,
        fill={"make": "1"},
    ),
    Page("scheduled exports, running", scheduled.running, sure=True),
    Page("scheduled exports, under way", scheduled.under_way, sure=True),
    Page("scheduled exports, failed", scheduled.failed, sure=True),
    Page("scheduled exports, stopped", scheduled.stopped, sure=True),
    Page("import", "/settings/import/"),
    Page("import, nothing chosen", "/settings/import/", send="/settings/import/"),
    Page("import, earlier files", exchange.imports),
    Page("import, under way", exchange.import_under_way),
    Page("import, begun", exchange.import_started),
    Page("import, stopped", exchange.import_started, send="/stop/"),
    Page("import, preview", exchange.previewed),
    Page("import, questions", exchange.asked_for),
    Page("import, questions refused", exchange.asked_for, send="/start/", fill={"zone": "Mars"}),
    Page("import, discarded", exchange.previewed, send="/discard/"),
    Page("import, nothing in it", exchange.nothing_in_it),
    Page("import, refused", exchange.refused),
    Page("import, brought in", exchange.brought),
    Page("import, undone just now", exchange.brought, send="/undo/"),
    Page("import, undone", exchange.undone),
    Page("delete account", "/settings/delete/"),
    Page("delete account, unsure", "/settings/delete/", sure=True, send="/settings/delete/"),
]
