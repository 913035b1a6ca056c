"""The page about changing prompts runs."""

import re

import pytest

from infra.settings import ROOT
from providers.scripted.templates import load_templates

PAGE = (ROOT / "docs" / "prompts.md").read_text("utf-8")


def test_its_python_runs_from_the_project_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    exec(compile("\n".join(blocks), "docs/prompts.md", "exec"), {})


def test_its_template_is_a_good_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("templates")
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    (folder / "retry.yaml").write_text(block[1], "utf-8")
    assert load_templates(folder)["retry.kind"]
