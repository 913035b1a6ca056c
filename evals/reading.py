"""Reads evaluation data: a caller's folder, else the small set written here."""

import json
from pathlib import Path
from typing import Any

from infra.errors import BadInput

SHIPPED = Path(__file__).parent / "data"


def read_jsonl(data_dir: Path | None, name: str) -> list[dict[str, Any]]:
    """The rows of `name`: from DIR/coach/ or DIR itself, else the shipped set. Raises BadInput with file and line."""
    path = _path(data_dir, name)
    return [_row(line, path, number) for number, line in enumerate(_lines(path), start=1) if line.strip()]


def _path(data_dir: Path | None, name: str) -> Path:
    if data_dir is None:
        return SHIPPED / name
    candidates = (data_dir / "coach" / name, data_dir / name)
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise BadInput(f"There is no coach/{name} and no {name} in {data_dir}.")
    return found


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _row(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"{path.name}:{number}: {error.msg}.") from None
    return row
