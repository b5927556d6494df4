"""The rates and the two papers of a sounding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hudun.affairs.soundings.actions.papers import issue_report
from hudun.affairs.soundings.models import Plan
from hudun.core.fact import ask
from hudun.demo.sounding.people import Staff

RATES = ("soundings.sounded", "soundings.accurate", "soundings.controlled", "sirens.working")
NAMES = ("鸣响率", "准确率", "统控率", "完好率")


def rates(plan: Plan) -> list[dict[str, Any]]:
    return [_rate(label, name, plan) for label, name in zip(NAMES, RATES, strict=True)]


def papers(staff: Staff, plan: Plan, directory: Path) -> dict[str, str]:
    """Issued, and a copy of each file beside the data of the run."""
    issued = issue_report(staff.director, plan)
    paths = {}
    for file in issued.files.all():
        path = directory / f"鸣放情况报告.{file.media}"
        path.write_bytes(bytes(file.content))
        paths[file.media] = str(path)
    return paths


def _rate(label: str, name: str, plan: Plan) -> dict[str, Any]:
    about = {"plan": plan} if name.startswith("soundings.") else {}
    value = ask(name, plan.organ, **about)
    part, whole = int(value.number or 0), int(value.denominator or 0)
    text = f"{part / whole:.1%}" if whole else "—"
    return {"name": label, "fact": name, "numerator": part, "denominator": whole, "text": text}
