"""How cue tables are read and added up."""

from pathlib import Path

import pytest

from tools import cues


def test_the_strongest_cue_of_a_label_counts_and_further_ones_a_little(tmp_path: Path) -> None:
    table = tmp_path / "cues.tsv"
    table.write_text(
        "# note\n@STRONG\t3\n@HINT\t1\n=ME\t(?:con|em)\nsad\tHINT\tbuồn\nsad\tSTRONG\t<ME> khóc\nglad\tHINT\tvui\n",
        "utf-8",
    )
    assert cues.read(table).weigh("em khoc vi buon") == {"sad": pytest.approx(3.5)}
    assert cues.read(table).weigh("vui") == {"glad": 1.0}
    assert cues.read(table).weigh("ok") == {}
