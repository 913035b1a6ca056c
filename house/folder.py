"""Who owns the data folder, and where its server listens."""

from pathlib import Path

from infra import filelock
from infra.errors import Conflict
from infra.settings import Settings

OWNER_LOCK, SERVER_ADDRESS = "owner.lock", "server.url"


def take_folder(folder: Path) -> int:
    """The open file whose lock says that this process owns the folder. Blocks. Raises Conflict when it is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    file = filelock.take(folder / OWNER_LOCK)
    if file is None:
        raise Conflict(f"Another coach already uses {folder}. Stop it, or set COACH_DATA_DIR to another folder.")
    return file


def running_server(settings: Settings) -> str | None:
    """The URL of the server that owns the data folder; None when there is none."""
    lock = settings.data_dir / OWNER_LOCK
    if not lock.is_file() or not filelock.held(lock):
        return None
    address = settings.data_dir / SERVER_ADDRESS
    return address.read_text("utf-8").strip() if address.is_file() else None
