from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings) -> Path:
    """Also for the exports: `STORAGES` was read with the folder of before."""
    settings.DATA_DIR = tmp_path
    exports = settings.STORAGES["exports"]
    place = {**exports, "OPTIONS": {**exports["OPTIONS"], "location": tmp_path / "scheduled"}}
    settings.STORAGES = {**settings.STORAGES, "exports": place}
    return tmp_path
