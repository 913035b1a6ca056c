"""The `coach` command as somebody types it."""

import json
from pathlib import Path

import pytest

from infra.settings import ROOT, load_settings
from tests.e2e.processes import coach

COMMANDS = ("chat", "say", "serve", "doctor", "eval", "bench", "lessons", "mcp")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "var"


def test_help_names_every_command(folder: Path) -> None:
    told = coach(folder, "--help")
    assert [command for command in COMMANDS if command not in told] == []


def test_say_prints_a_reply_and_json_has_what_it_promises(folder: Path) -> None:
    assert coach(folder, "say", "hello", "--learner", "linh").strip()
    outcome = json.loads(coach(folder, "say", "i like cat", "--learner", "linh", "--json"))
    assert {"reply", "directive", "corrections", "tools", "timings_ms"} <= set(outcome)
    assert outcome["timings_ms"]["plan"] >= 0


def test_what_was_said_in_one_command_is_known_in_the_next(folder: Path) -> None:
    coach(folder, "say", "my cat's name is Bông", "--learner", "an")
    assert "Bông" in coach(folder, "say", "what is my cat's name?", "--learner", "an", "--thread", "later")


def test_doctor_checks_every_backend_and_shows_no_secret(folder: Path) -> None:
    told = json.loads(coach(folder, "doctor", "--json", OPENAI_API_KEY="sk-very-secret-key"))
    assert {row["name"] for row in told["backends"]} == {"database", "checkpoints", "memory", "tools", "providers"}
    assert all(row["ok"] for row in told["backends"])
    assert "very-secret" not in json.dumps(told)


def test_doctor_names_the_fault_and_the_remedy(folder: Path) -> None:
    told = coach(folder, "doctor", status=1, COACH_REDIS_URL="redis://127.0.0.1:1/0")
    assert "COACH_REDIS_URL" in told


@pytest.mark.parametrize(
    ("arguments", "more", "part"),
    [
        (("serve", "--host", "0.0.0.0"), {}, "COACH_API_KEYS"),
        (("say", "hi", "--learner", "*"), {}, "learner_id"),
        (("eval", "nothing"), {}, "grammar"),
        (("say", "hi"), {"COACH_PROT": "1"}, "COACH_PORT"),
        (("say", "hi"), {"COACH_PORT": "many"}, "COACH_PORT"),
        (("say", "hi"), {"COACH_PROVIDERS_FILE": "/nowhere.yaml"}, "COACH_PROVIDERS_FILE"),
    ],
)
def test_a_mistake_gets_a_sentence_that_says_what_to_do(
    folder: Path, arguments: tuple[str, ...], more: dict[str, str], part: str
) -> None:
    told = coach(folder, *arguments, status=1, **more)
    assert part in told
    assert "Traceback" not in told


def test_a_broken_provider_file_stops_the_start_with_its_line(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "providers.yaml"
    path.write_text("PROVIDER_MODELS:\n  openai:\n    openai_setting: {api_key: A\n", "utf-8")
    told = coach(folder, "say", "hi", status=1, COACH_PROVIDERS_FILE=str(path))
    assert "providers.yaml:" in told


def test_the_settings_example_lists_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    given = dict(line.lstrip("# ").split("=", 1) for line in lines if line.lstrip("# ").startswith("COACH_"))
    names = {f"COACH_{name.upper()}" for name in type(load_settings({})).model_fields}
    assert names - set(given) <= {"COACH_PROVIDERS_FILE"}
    active = dict(line.split("=", 1) for line in lines if line.startswith("COACH_"))
    assert load_settings(active).redacted() == load_settings({}).redacted()
