from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path
