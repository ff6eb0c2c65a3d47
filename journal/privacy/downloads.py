from django.http import FileResponse

from journal.privacy.sealed_files import PIECE


class SealedDownload(FileResponse):
    """Decrypts the person's file piece by piece, after the transaction has ended: it has the key
    already and reads no rows, so the middleware need not buffer it (privacy/middleware.py), and the
    web server sends it without a thread."""

    reads_no_rows = True
    block_size = PIECE
