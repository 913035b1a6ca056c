"""Brings a database to the tables that this version of the code expects."""

import importlib
import threading
from pathlib import Path

from sqlalchemy import URL, MetaData

from infra.columns import Base
from infra.errors import Misconfigured

FOLDER = Path(__file__).resolve().parent
_upgrading = threading.Lock()  # Alembic keeps its context in module globals


def head() -> str:
    """The newest revision: versions are files `<revision>_<title>.py`, numbered with four digits."""
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def prepare(url: URL) -> None:
    """Makes the folder and the file of a SQLite database, readable by its owner only. Blocks."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Misconfigured(f"The database {path} cannot be made: {reason}. Check COACH_DATA_DIR.") from None


def upgrade(url: URL) -> None:
    """Runs the migrations that are missing. Blocks, and needs a thread without an event loop.

    Several processes may call it at once: the first migrates, the others wait and find nothing to do.
    Raises Misconfigured when the database was made by a newer version of the code.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["url"] = url
    with _upgrading:
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise Misconfigured(
                f"The database is newer than this version of the coach (which knows revision {head()}): "
                "install the newer version again, or restore a backup."
            ) from None


def all_rows() -> MetaData:
    """The tables of every room's `models.py`: what the migrations must add up to."""
    root = FOLDER.parent.parent
    for path in sorted(root.glob("*/models.py")):
        importlib.import_module(f"{path.parent.name}.models")
    return Base.metadata
