"""Keeps the answers of other hosts on disk, so that they are asked again only after some days."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from explainer.checks.online.answers import Answer, Question, Verdict

KEPT = {
    Verdict.OK: 1.0,
    Verdict.MOVED: 1.0,
    Verdict.GONE: 1 / 7,
    Verdict.SOFT_404: 1 / 7,
    Verdict.FRONT_PAGE: 1 / 7,
    Verdict.FORBIDDEN: 1 / 7,
}
"""The share of the full age for which each answer holds; the others may differ in an hour and are never kept."""

_FORMAT = 1


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class AnswerCache:
    """Answers in a JSON file. A file that cannot be read, or is of another form, is an empty cache."""

    path: Path
    days: float = 7.0
    now: Callable[[], datetime] = _utc_now
    _kept: dict[str, dict[str, object]] = field(default_factory=dict)

    def load(self) -> "AnswerCache":
        """Read the file."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            if data["format"] == _FORMAT:
                self._kept = dict(data["answers"])
        except (OSError, ValueError, KeyError, TypeError):
            self._kept = {}
        return self

    def get(self, question: Question) -> Answer | None:
        """The answer that was kept for this question, if it still holds."""
        entry = self._kept.get(question.address)
        try:
            if entry is None or not question.fragments <= set(_texts(entry["fragments"])):
                return None
            verdict = Verdict(str(entry["verdict"]))
            age = self.now() - datetime.fromisoformat(str(entry["asked"]))
            if not timedelta(0) <= age <= timedelta(days=self.days * KEPT[verdict]):
                return None
            missing = tuple(text for text in _texts(entry["missing"]) if text in question.fragments)
            return Answer(verdict, str(entry["detail"]), missing)
        except (KeyError, ValueError, TypeError):
            return None

    def put(self, question: Question, answer: Answer) -> None:
        """Keep an answer, if it is of a kind that holds."""
        self._kept.pop(question.address, None)
        if answer.verdict in KEPT:
            self._kept[question.address] = {
                "verdict": answer.verdict.value,
                "detail": answer.detail,
                "fragments": sorted(question.fragments),
                "missing": list(answer.missing),
                "asked": self.now().isoformat(timespec="seconds"),
            }

    def save(self) -> None:
        """Write the file in one step. A folder that cannot be written is left alone: the cache only saves time."""
        text = json.dumps(
            {"format": _FORMAT, "answers": dict(sorted(self._kept.items()))}, ensure_ascii=False, indent=0
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self.path.with_name(f".{self.path.name}.new")
            temporary.write_text(text + "\n", encoding="utf-8")
            temporary.replace(self.path)
        except OSError:
            return


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
