"""Rules of the house that a linter does not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "infra", "providers", "prompts", "tools", "memory", "lessons", "learners", "graphs", "api", "house", "evals",
    "commands",
)  # fmt: skip
FILES = ("server", "cli")
ENTRANCES = ("house", "server", "cli")
MAY_IMPORT_ENTRANCES = {
    "cli": set(),
    "commands": {"server", "house"},
    "server": {"house"},
    "evals": {"house"},
    "house": {"house"},
}
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "versions" not in path.parts) + [
    ROOT / f"{name}.py" for name in FILES
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def trees(*excepted: str) -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        if not name_of(path).startswith(excepted):
            yield name_of(path), ast.parse(path.read_text("utf-8"))


def attributes(tree: ast.Module) -> set[str]:
    """Every `a.b` in the module, as text."""
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def imported(tree: ast.Module) -> set[str]:
    """Top-level names of every module imported, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_only_settings_reads_the_environment() -> None:
    readers = {"os.environ", "os.getenv", "os.putenv"}
    assert [name for name, tree in trees("infra/settings.py") if attributes(tree) & readers] == []


def test_only_the_clock_knows_the_time_and_makes_ids() -> None:
    sources = {
        "time.time", "time.monotonic", "time.perf_counter", "datetime.now", "datetime.utcnow", "datetime.today",
        "date.today", "uuid.uuid4", "uuid.uuid1", "secrets.token_hex",
    }  # fmt: skip
    assert [name for name, tree in trees("infra/clock.py", "evals/bench/") if attributes(tree) & sources] == []


def test_chance_is_injected() -> None:
    drawing = re.compile(r"random\.(random|choice|choices|randint|shuffle|sample|uniform|seed)$")
    found = {name: [a for a in attributes(tree) if drawing.fullmatch(a)] for name, tree in trees()}
    assert {name: uses for name, uses in found.items() if uses} == {}


def test_nothing_imports_the_entrances_or_evals_but_what_stands_above() -> None:
    wrong = []
    for name, tree in trees():
        room = name.partition("/")[0].removesuffix(".py")
        allowed = MAY_IMPORT_ENTRANCES.get(room, set()) | ({"evals"} if room in ("commands", "evals") else set())
        wrong += [f"{name}: {used}" for used in imported(tree) & {*ENTRANCES, "evals"} - allowed]
    assert wrong == []


def test_every_module_says_in_one_line_what_it_owns() -> None:
    silent = [name for name, tree in trees() if not (ast.get_docstring(tree) or "").strip()]
    assert silent == []


@pytest.mark.parametrize("ports", ["learners/ports.py", "memory/ports.py"])
def test_calls_on_learner_data_take_the_scope_first(ports: str) -> None:
    tree = ast.parse((ROOT / ports).read_text("utf-8"))
    services = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Service")]
    calls = [node for service in services for node in service.body if isinstance(node, ast.AsyncFunctionDef)]
    assert calls
    firsts = {call.name: ast.unparse(call.args.args[1].annotation or ast.Constant(None)) for call in calls}
    assert {name: first for name, first in firsts.items() if first != "Scope"} == {}


def test_instructions_to_models_are_not_written_in_python() -> None:
    telling = re.compile(r"\b(You are Pika|You are a|Your task is|Answer in JSON)\b")
    found = []
    for name, tree in trees("prompts/", "providers/scripted/"):
        strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found += [name for value in strings if isinstance(value, str) and telling.search(value)]
    assert found == []


def test_the_repository_names_no_machine_and_no_registry() -> None:
    hosts = ("registry.npmjs.org", "files.python" + "hosted.org", "pypi." + "org")
    machine = ("/wor" + "k/", "/ro" + "ot/", "/tm" + "p/")
    text_files = [
        p for pattern in ("*.py", "*.md", "*.toml", "*.yaml", "*.json", "Makefile") for p in ROOT.glob(pattern)
    ]
    text_files += [
        p for room in (*ROOMS, "docs", "config", "web/src") for p in (ROOT / room).rglob("*.*") if p.is_file()
    ]
    text_files += [*(ROOT / "requirements").glob("*.txt"), ROOT / "web" / "package-lock.json"]
    named = []
    for path in text_files:
        if path.suffix in (".npz", ".pyc", ".png", ".bin"):
            continue
        text = path.read_text("utf-8", errors="replace")
        named += [f"{name_of(path)}: {word}" for word in (*hosts, *machine) if word in text]
    assert named == []


def test_langserve_is_behind_one_seam() -> None:
    """The adapter, and the commands' client of a running server."""
    assert [name for name, tree in trees("api/langserve.py", "commands/talk.py") if "langserve" in imported(tree)] == []
