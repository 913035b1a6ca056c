"""Reads the environment once into one frozen model; nothing else in the house reads it."""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, ValidationError, field_validator

from infra.errors import Misconfigured

PREFIX = "COACH_"
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseModel):
    """Effective settings. Every field is the environment variable ``COACH_<FIELD>``; empty means the default."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    host: str = Field("127.0.0.1", description="Address to listen on; anything but loopback needs COACH_API_KEYS.")
    port: int = Field(9330, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    api_keys: Annotated[tuple[SecretStr, ...], Field(description="Comma-separated keys callers may present.")] = ()
    allowed_origins: tuple[str, ...] = Field((), description="Comma-separated origins whose pages may call the API.")
    data_dir: Path = Field(ROOT / "var", description="Folder of the embedded stores.")
    database_url: SecretStr = Field(SecretStr(""), description="SQLAlchemy URL; empty: SQLite in the data folder.")
    redis_url: SecretStr = Field(SecretStr(""), description="Redis 7 URL, Sentinels or Cluster; empty: embedded.")
    qdrant_url: str = Field("", description="Qdrant server URL; empty: the engine in-process.")
    qdrant_api_key: SecretStr = Field(SecretStr(""), description="Key of the Qdrant server.")
    providers_file: Path = Field(ROOT / "config" / "providers.yaml", description="Chat models, see the file.")
    providers: tuple[str, ...] = Field((), description="Order of providers to try; empty: as in the file.")
    thread_ttl_days: float = Field(90, gt=0, description="Days a silent conversation's checkpoint is kept.")
    recall_deadline_ms: float = Field(50, gt=0, description="Milliseconds memory may take before a turn goes on.")
    tool_deadline_ms: float = Field(1000, gt=0, description="Milliseconds an embedded tool may take in a turn.")
    tool_models: tuple[str, ...] = Field((), description="Comma-separated tools that a model is asked for as well.")
    tool_model_deadline_ms: float = Field(1500, gt=0, description="Milliseconds a model may take for a tool.")
    whisper_dir: Path | None = Field(None, description="Folder with faster-whisper-base; empty: where it is installed.")
    fetch_private_hosts: tuple[str, ...] = Field((), description="Comma-separated private hosts URLs may lead to.")
    memory_model: bool = Field(False, description="Ask a model for the facts in a turn; rules find them otherwise.")
    model_deadline_s: float = Field(8, gt=0, description="Seconds a model may take to its first sentence.")
    time_zone: str = Field("Asia/Ho_Chi_Minh", description="Where the children live: decides 'today'.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    _environment: dict[str, SecretStr] = PrivateAttr(default_factory=dict)

    @field_validator("allowed_origins", "api_keys", "fetch_private_hosts", "providers", "tool_models", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    def secret(self, variable: str) -> SecretStr | None:
        """The value of another environment variable (a provider's key) as it was when settings were read."""
        return self._environment.get(variable)

    def redacted(self) -> dict[str, str]:
        """Every setting as text, secrets replaced: safe to print."""
        return {name: _shown(getattr(self, name)) for name in type(self).model_fields}


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(set)" if value.get_secret_value() else "(not set)"
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value) or "(none)"
    return str(value) if value != "" else "(not set)"


def load_settings(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Settings from `env_file` (default: `.env` in the project, when it is there) under the environment.

    Raises Misconfigured with the variable or the file's line when something is unknown or malformed.
    """
    variables = dict(os.environ) if environment is None else dict(environment)
    path = ROOT / ".env" if env_file is None and environment is None else env_file
    if path is not None and path.is_file():
        variables = {**_read_env_file(path), **variables}
    values = {key[len(PREFIX) :].lower(): value for key, value in variables.items() if key.startswith(PREFIX) and value}
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise Misconfigured("; ".join(_unknown(name) for name in unknown))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise Misconfigured("; ".join(_explained(item) for item in error.errors())) from None
    settings._environment.update({key: SecretStr(value) for key, value in variables.items() if value})
    return settings


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, Settings.model_fields, n=1)
    hint = f" Did you mean {PREFIX}{near[0].upper()}?" if near else " See .env.example."
    return f"{PREFIX}{name.upper()} is not a setting.{hint}"


def _explained(item: Any) -> str:
    return f"{PREFIX}{str(item['loc'][0]).upper()}: {item['msg']}"


def _read_env_file(path: Path) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
        line = raw.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        key, separator, value = line.partition("=")
        if not separator or not key.strip().isidentifier():
            raise Misconfigured(f"{path}, line {number}: expected NAME=value.")
        values[key.strip()] = value.strip().strip("'\"")
    return values


def quiet_libraries(folder: Path) -> None:
    """Tells libraries that would report usage, or write into the home folder, not to; call before importing them.

    `folder` takes what mem0 insists on writing at import (a file with a random id). Values the operator has set stay.
    """
    for name, value in (
        ("MEM0_TELEMETRY", "False"),
        ("MEM0_DIR", str(folder)),
        ("POSTHOG_DISABLED", "true"),
        ("LANGSMITH_TRACING", "false"),
        ("LANGGRAPH_CLI_NO_ANALYTICS", "1"),
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("DO_NOT_TRACK", "1"),
    ):
        os.environ.setdefault(name, value)
