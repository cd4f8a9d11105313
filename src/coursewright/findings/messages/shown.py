"""The catalogue for people and for programs: a line a code, or all that is known of each as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coursewright.findings import messages
from coursewright.findings.finding import Message
from coursewright.findings.messages import catalogue
from coursewright.findings.messages.catalogue import LETTERS

_CATALOGUE = Path(messages.__file__).parent
_PROGRAM = _CATALOGUE.parent.parent


def rules(beginnings: Sequence[str] = ("",)) -> str:
    """Return the catalogue, a line a code: its severity and its text, under headings; or what begins so of it."""
    told: list[str] = []
    for letter, title in LETTERS.items():
        messages = [
            one for code, one in catalogue().items() if code[0] == letter and code.startswith(tuple(beginnings))
        ]
        if messages:
            told += ["", f"{letter}: {title}"]
        told += [f"{message.code} {message.severity:<8} {outline(message)}" for message in messages]
    return "".join(f"{line}\n" for line in told[1:])


def rules_as_json(beginnings: Sequence[str] = ("",)) -> str:
    """Return the catalogue, or what begins so of it, with the reason of every rule and how to mend what breaks it."""
    chosen = [message for code, message in catalogue().items() if code.startswith(tuple(beginnings))]
    rules = [_entry(message) for message in chosen]
    return json.dumps({"rules": rules}, ensure_ascii=False, indent=2) + "\n"


def _entry(message: Message) -> dict[str, Any]:
    return {
        "code": message.code,
        "severity": str(message.severity),
        "text": outline(message),
        "reason": message.why,
        "mend": blanked(message.hint),
    }


def outline(message: Message) -> str:
    """Return what a kind of finding says, whatever its values."""
    return message.title or blanked(message.text)


def blanked(template: str) -> str:
    """Return a message's template with an ellipsis for each value, and without what may be added to a word."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"(?<=\w)\{\w+\}", "", template))


def modules_with(message: Message) -> list[str]:
    """Return the modules of the program that make findings of a message; those that name it, if none does by itself."""
    name = next(name for name, one in vars(messages).items() if one is message)
    modules = {path: path.read_bytes() for path in sorted(_PROGRAM.rglob("*.py")) if _CATALOGUE not in path.parents}
    making, naming = (re.compile(pattern.encode()) for pattern in (rf"\b{name}\.at\b", rf"\b{name}\b"))
    named = [path for path, text in modules.items() if naming.search(text)]
    found = [path for path in named if making.search(modules[path])] or named
    dotted = (".".join(path.relative_to(_PROGRAM.parent).with_suffix("").parts) for path in found)
    return [one.removesuffix(".__init__") for one in dotted]
