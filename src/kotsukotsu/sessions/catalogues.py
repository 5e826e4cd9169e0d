"""The catalogue that commands use: the shipped one and the update installed on this PC."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from kotsukotsu.catalogue.load import load
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.catalogue.update import Update, install, installed


def update_folder() -> Path:
    """Where an installed update lies; ``KOTSUKOTSU_CATALOGUE`` names another folder."""
    named = os.environ.get("KOTSUKOTSU_CATALOGUE")
    return Path(named) if named else user_data_path("kotsukotsu", appauthor=False) / "catalogue"


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once."""
    return load(*installed(update_folder()))


def with_update(received: Update) -> Catalogue:
    """The catalogue as an update would make it, tried out in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name) / "catalogue"
        if update_folder().is_dir():
            shutil.copytree(update_folder(), trial)
        install(received, trial)
        return load(*installed(trial))
