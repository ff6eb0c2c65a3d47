"""The storage of static files: hashed, compressed, and with one stylesheet."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/selftrust.css"
IMPORT = re.compile(r'@import "([\w-]+\.css)";\n')


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Replaces each import in the stylesheet by the imported file, so that a page loads one file. A
    browser would find an imported file only after it has read the stylesheet."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], *args: Any, **options: Any
    ) -> Iterator[Any]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        css = IMPORT.sub(lambda found: read(f"css/{found[1]}"), read(STYLESHEET))
        joined = InMemoryStorage()
        joined.save(STYLESHEET, ContentFile(css))
        yield from super().post_process(
            {**paths, STYLESHEET: (joined, STYLESHEET)}, *args, **options
        )
