"""The form of a text that a number asks for, by the plural rules of CLDR: `1 hour`, `2 hours`; Arabic has six forms."""

from __future__ import annotations

from collections.abc import Callable, Container

# Beside `other`, which is the text itself.
FORMS = ("zero", "one", "two", "few", "many")


def _arabic(number: float) -> str:
    if number in (0, 1, 2):
        return FORMS[int(number)]
    if number != int(number):
        return ""
    return "few" if 3 <= number % 100 <= 10 else "many" if number % 100 > 10 else ""


def _russian(number: float) -> str:
    if number != int(number):
        return ""
    return "one" if number % 10 == 1 and number % 100 != 11 else _few(number) or "many"


def _polish(number: float) -> str:
    if number != int(number):
        return ""
    return "one" if number == 1 else _few(number) or "many"


def _few(number: float) -> str:
    return "few" if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else ""


def _czech(number: float) -> str:
    if number != int(number):
        return "many"
    return "one" if number == 1 else "few" if 2 <= number <= 4 else ""


# Of our languages, and of some that a theme may bring.
_RULES: dict[str, Callable[[float], str]] = {
    "ar": _arabic,
    "pl": _polish,
    **dict.fromkeys(("be", "bs", "hr", "ru", "sr", "uk"), _russian),
    **dict.fromkeys(("cs", "sk"), _czech),
    "fr": lambda number: "one" if 0 <= number < 2 else "",
    "pt": lambda number: "one" if 0 <= number < 2 else "",
    **dict.fromkeys(("id", "ja", "ko", "ms", "th", "vi", "zh"), lambda _: ""),
}


def form_of(language: str, number: float) -> str:
    """Return the name of the form that a number asks for in a language, or nothing for the usual one."""
    rule = _RULES.get(language.split("-")[0].lower())
    return rule(number) if rule else "one" if number == 1 else ""


def counted_by(name: str) -> str:
    """Return the name of the text that a form belongs to: `hours` for `hours-few`; nothing for what is no form."""
    text, _, form = name.rpartition("-")
    return text if form in FORMS else ""


def form_in(texts: Container[str], name: str, language: str, number: float) -> str:
    """Return the name of the text that says a number: a form of `name` where there is one."""
    form = form_of(language, number)
    return f"{name}-{form}" if form and f"{name}-{form}" in texts else name
