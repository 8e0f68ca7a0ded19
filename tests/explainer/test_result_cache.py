"""What is kept is found again by all of its inputs, and never where one of them, or the file itself, is another."""

import os
import time
from pathlib import Path

import pytest

from explainer.records import Source
from explainer.references import format_references
from explainer.result_cache import NOTHING_KEPT, ResultCache


class Step:
    """A step that counts how often it is taken."""

    def __init__(self, result: bytes = b"made") -> None:
        self.taken = 0
        self.made = result

    def __call__(self) -> bytes:
        self.taken += 1
        return self.made


def kept(root: Path) -> list[Path]:
    return [path for path in (root / ".cache" / "build").rglob("*") if path.is_file()]


def test_a_step_is_taken_once_for_the_same_inputs(tmp_path):
    step = Step()
    for _ in range(2):
        assert ResultCache.of(tmp_path).result("steps", ["1.0", b"data"], step) == b"made"
    assert step.taken == 1


@pytest.mark.parametrize(
    "inputs", [["1.1", "data"], ["1.0", "datum"], ["1.0data"], ["1.0d", "ata"], ["1.0"], []]
)
def test_other_inputs_are_another_result(tmp_path, inputs):
    cache = ResultCache.of(tmp_path)
    cache.result("steps", ["1.0", "data"], Step(b"first"))
    assert cache.result("steps", inputs, Step(b"second")) == b"second"
    assert cache.result("others", ["1.0", "data"], Step(b"third")) == b"third"


def test_a_damaged_file_does_not_count(tmp_path):
    cache = ResultCache.of(tmp_path)
    cache.result("steps", ["a"], Step(b"a long result"))
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    for damaged in (b"", whole[:10], whole[:-1], whole[:-1] + b"!", b"?" + whole[1:]):
        path.write_bytes(damaged)
        step = Step(b"a long result")
        assert cache.result("steps", ["a"], step) == b"a long result"
        assert step.taken == 1
        assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / ".cache").write_text("a file where the folder should be")
    assert ResultCache.of(tmp_path).result("steps", ["a"], Step()) == b"made"


def test_without_a_folder_nothing_is_kept():
    step = Step()
    for _ in range(2):
        NOTHING_KEPT.result("steps", ["a"], step)
    assert step.taken == 2


def test_old_results_are_dropped_when_new_ones_are_written(tmp_path):
    cache = ResultCache.of(tmp_path)
    cache.result("steps", ["old"], Step())
    (old,) = kept(tmp_path)
    year_ago = time.time() - 365 * 24 * 3600
    os.utime(old, (year_ago, year_ago))
    cache.result("steps", ["new"], Step())
    assert old not in kept(tmp_path)
    assert len(kept(tmp_path)) == 1


def test_references_are_the_same_from_the_cache_and_follow_every_change_of_a_source(tmp_path):
    def item(title: str) -> Source:
        return Source.model_validate(
            {
                "id": "paper-2024-x",
                "type": "article-newspaper",
                "title": title,
                "container-title": "The Paper",
                "issued": "2024-06-19",
                "accessed": "2026-11-23",
                "URL": "https://paper.test/x",
                "language": "en",
                "custom": {"kind": "press", "shows": "That something happened."},
            }
        )

    cache = ResultCache.of(tmp_path)
    for title in ("A title", "A titlf", "A title"):
        expected = format_references([item(title)])
        assert format_references([item(title)], cache) == expected
        assert format_references([item(title)], cache) == expected
    assert len(kept(tmp_path)) == 2
