"""Questions in JSON, YAML and JavaScript: the same few facts under many names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Answer, Feedback, Option, Pair, Question, QuestionKind
from coursewright.readers.quizzes.fields import KEY, MARK, OPTIONS, STEM, TEXT, TOLD, WHY, first_of, options_in, spelt
from coursewright.readers.quizzes.making import boolean_of, chosen, written
from coursewright.text.names import normal

_LETTER = re.compile(r"(?:option|choice|answer)?[\s_-]*\(?(?P<letter>[a-j])[).:]?$", re.IGNORECASE)
_CORRECT = re.compile(r"^\s*~(?P<mark>CORRECT|ALWAYS_CORRECT|DISREGARD)~\s*")
_NOTED = re.compile(r"^<(?P<kind>plain|case_sens_plain|regex|case_sens_regex|sym_expr)>\s*(?P<text>.*)$", re.DOTALL)
_CODE = re.compile(r"<code>([^<>`\n]{1,500})</code>")


def question_in(mapping: Mapping[Any, Any], first: int = 0) -> Question | None:
    """Return the question that a mapping is; its stem may be empty. None where it has neither options nor a key.

    `first` is the number that keys give to the first option.
    """
    found = spelt(mapping)
    stem = _stem(found)
    kind = re.sub(
        r"[^a-z]", "", str(found.get("type") or found.get("kind") or found.get("question_type") or "").lower()
    )
    other = _told(found, "incorrect") or _otherwise(found)
    told = Feedback(general=_why(found), correct=_told(found, "correct"), incorrect=other)
    question = (
        _of_kind(kind, found, stem, told) or _of_options(kind, found, stem, told, first) or _of_key(found, stem, told)
    )
    if question is None:
        return None
    points = first_of(found, ("points", "marks", "value", "score", "weight"), int, float)
    hints = found.get("hints", found.get("hint"))
    listed = hints if isinstance(hints, list) else [hints]
    return replace(
        question,
        key=str(found["id"]) if isinstance(found.get("id"), str) and found["id"] else "",
        points=float(points) if points and points > 0 and not isinstance(points, bool) else 1.0,
        hints=tuple(str(one) for one in listed if isinstance(one, str) and one),
    )


def _stem(found: Mapping[str, Any]) -> str:
    text = _CODE.sub(r"`\1`", re.sub(r"^#{1,6}\s+", "", str(first_of(found, STEM, str) or "").strip()))
    title = found.get("title")
    if isinstance(title, str) and text == title and isinstance(found.get("text"), str):
        text = str(found["text"]).strip()
    code = found.get("code", found.get("code_snippet"))
    if isinstance(code, str) and code.strip() and code.strip() not in text:
        fenced = (
            code.strip() if code.strip().startswith("```") else f"```{found.get('language') or ''}\n{code.strip()}\n```"
        )
        text = f"{text}\n\n{fenced}"
    image = first_of(found, ("image", "image_url", "img", "picture"), str)
    return f"{text}\n\n![]({image})" if text and image and re.fullmatch(r"[^\s()<>]+", image) else text


def _why(found: Mapping[str, Any]) -> str:
    value = first_of(found, WHY, str)
    return str(value).strip() if value else ""


def _told(found: Mapping[str, Any], name: str) -> str:
    feedback = found.get("feedback")
    value = found.get(f"message_for_{name}_answer") or found.get(f"{name}_feedback") or found.get(f"feedback_{name}")
    if isinstance(feedback, Mapping):
        value = value or spelt(feedback).get(name)
    return str(value).strip() if isinstance(value, str) else ""


def _otherwise(found: Mapping[str, Any]) -> str:
    """Return what is told to those who answer in none of the ways that are listed."""
    listed = options_in(found)
    said = (_said(one) for one in listed if isinstance(one, Mapping) and _is_default(one)) if listed else ()
    return next(iter(said), "")


def _is_default(value: Mapping[Any, Any]) -> bool:
    return value.get("type") == "default"


def _of_kind(kind: str, found: Mapping[str, Any], stem: str, told: Feedback) -> Question | None:
    """Return a question of a kind that its author names, other than a choice."""
    options = options_in(found)
    if "numeric" in kind or kind in ("number", "float", "integer"):
        return Question("", QuestionKind.NUMBER, stem, answers=tuple(_numbers(found, options)), feedback=told)
    if kind in ("truefalse", "boolean", "tf", "bool", "truefalsequestion"):
        return _boolean(found, stem, told) if not isinstance(options, list) or not options else None
    if kind in (
        "textquestion",
        "text",
        "shortanswer",
        "string",
        "freetext",
        "fillin",
        "fillintheblank",
        "input",
        "fill",
    ) and isinstance(options, list):
        return _written(found, options, stem, told)
    if kind in ("order", "ordering", "sequence", "sort", "ranking") and isinstance(options, list) and options:
        return Question(
            "", QuestionKind.ORDER, stem, options=tuple(Option("", _text(one), 1.0) for one in options), feedback=told
        )
    if kind in ("match", "matching") and (pairs := tuple(_pairs(found))):
        return Question("", QuestionKind.MATCH, stem, pairs=pairs, feedback=told)
    if kind in (
        "essay",
        "humangradedtextquestion",
        "surveytextquestion",
        "longanswer",
        "open",
        "openended",
        "freeresponse",
    ):
        return Question("", QuestionKind.ESSAY, stem, feedback=told, graded=kind == "humangradedtextquestion")
    if kind == "fileuploadquestion" or kind == "upload":
        return Question("", QuestionKind.UPLOAD, stem)
    return None


def _boolean(found: Mapping[str, Any], stem: str, told: Feedback) -> Question:
    value = next((found[name] for name in KEY if found.get(name) is not None), None)
    right = {"true": True, "false": False}.get(str(value).strip().lower())
    return Question("", QuestionKind.BOOLEAN, stem, right=right, feedback=told)


def _pairs(found: Mapping[str, Any]) -> Iterator[Pair]:
    pairs = found.get("pairs") or found.get("matches") or found.get("items") or {}
    if isinstance(pairs, Mapping):
        yield from (Pair(str(one), str(other)) for one, other in pairs.items())
        return
    for pair in pairs if isinstance(pairs, list) else []:
        values = list(pair.values()) if isinstance(pair, Mapping) else pair
        if isinstance(values, list) and len(values) > 1:
            yield Pair(str(values[0]), str(values[1]))


def _numbers(found: Mapping[str, Any], options: Any) -> Iterator[Answer]:
    digits = found.get("precision") is not None
    for one in options if isinstance(options, list) else []:
        value = spelt(one) if isinstance(one, Mapping) else {"value": one, "correct": True}
        said = str(value.get("feedback") or "")
        share = 1.0 if _is_marked(value) or ("correct" not in value and value.get("type") != "default") else 0.0
        within = value.get("range")
        if isinstance(within, list) and len(within) == 2:
            yield Answer(min=_float(within[0]), max=_float(within[1]), fraction=share, feedback=said)
        elif (number := _float(value.get("value", value.get("answer")))) is not None:
            near = _tolerance(number, value) or (_rounded(value.get("value")) if digits else 0.0)
            yield Answer(value=number, tolerance=near, fraction=share, feedback=said)
    key = next((found[name] for name in KEY if _float(found.get(name)) is not None), None)
    if key is not None:
        yield Answer(value=_float(key), tolerance=abs(_float(found.get("tolerance")) or 0.0))


def _tolerance(number: float, value: Mapping[str, Any]) -> float:
    relative = _float(value.get("rtol"))
    return abs(_float(value.get("atol", value.get("tolerance"))) or 0.0) + (abs(number * relative) if relative else 0.0)


def _rounded(value: object) -> float:
    """Return how far from a number another one may be that is the same once it is rounded to as many digits."""
    written = re.fullmatch(r"-?\d+\.(?P<digits>\d{1,15})", str(value))
    return 0.5 * 10.0 ** -len(written["digits"]) if written else 0.0


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _written(found: Mapping[str, Any], options: Sequence[Any], stem: str, told: Feedback) -> Question:
    answers: list[Answer] = []
    for one in options:
        value = spelt(one) if isinstance(one, Mapping) else {}
        if _is_default(value):
            continue
        if str(value.get("type", "")) in ("float", "number") and (number := _float(value.get("value"))) is not None:
            return Question(
                "",
                QuestionKind.NUMBER,
                stem,
                answers=(Answer(value=number, tolerance=_tolerance(number, value)),),
                feedback=told,
            )
        noted = _NOTED.match(_text(one))
        if (noted and "plain" not in noted["kind"]) or value.get("type") in ("regex", "sym_expr"):
            continue
        share = 0.0 if "correct" in value and not _is_marked(value) else 1.0
        exact = bool(noted and noted["kind"] == "case_sens_plain") or value.get("match_case") is True
        answers.append(
            Answer(
                noted["text"].strip() if noted else _text(one), fraction=share, feedback=_said(one), exact_case=exact
            )
        )
    if not options:
        answers += [Answer(text) for text in _keys(found)]
    return Question("", QuestionKind.TEXT, stem, answers=tuple(answers), feedback=told)


def _keys(found: Mapping[str, Any]) -> list[str]:
    value = next((found[name] for name in KEY if found.get(name) is not None), None)
    return [str(one) for one in (value if isinstance(value, list) else [value]) if isinstance(one, str | int | float)]


def _text(value: object) -> str:
    """Return the text of a value as Markdown."""
    return _CODE.sub(r"`\1`", _as_written(value))


def _as_written(value: object) -> str:
    if isinstance(value, Mapping):
        found = spelt(value)
        text = next(
            (
                found[name]
                for name in TEXT
                if isinstance(found.get(name), str | int | float) and not isinstance(found[name], bool)
            ),
            "",
        )
        code = found.get("code")
        return (
            f"{text}\n```\n{code.strip()}\n```".strip() if isinstance(code, str) and code.strip() else str(text).strip()
        )
    if isinstance(value, bool):
        return str(value)
    return "" if value is None else str(value).strip()


def _said(value: object) -> str:
    text = first_of(spelt(value), TOLD, str) if isinstance(value, Mapping) else None
    return str(text).strip() if text else ""


def _is_marked(found: Mapping[str, Any]) -> bool:
    return any(found.get(name) is True or str(found.get(name)).strip().lower() in ("true", "yes", "1") for name in MARK)


def _of_options(kind: str, found: Mapping[str, Any], stem: str, told: Feedback, first: int) -> Question | None:
    options = options_in(found)
    letters: list[str] = []
    if isinstance(options, Mapping):
        letters, options = [str(one) for one in options], list(options.values())
    if len(options) < 2 and not any(isinstance(one, Mapping) for one in options):
        return None
    texts = [_text(one) for one in options]
    marked = [at for at, one in enumerate(options) if isinstance(one, Mapping) and _is_marked(spelt(one))]
    marks = [_CORRECT.match(text) for text in texts]
    if any(marks):
        marked = [at for at, mark in enumerate(marks) if mark and mark["mark"] == "CORRECT"]
        texts = [_CORRECT.sub("", text) for text in texts]
    right = marked or _named(found, texts, letters, options, first)
    many = _is_many(kind, found, right)
    said = [_said(one) for one in options]
    shuffled = found.get("shuffle") is not False
    question = chosen(texts, right, stem=stem, many=many, feedback=said, told=told, shuffled=shuffled)
    return boolean_of(question)


def _is_many(kind: str, found: Mapping[str, Any], right: Sequence[int]) -> bool | None:
    if (
        kind
        in (
            "manychoice",
            "choosemany",
            "multiplechoicequestion",
            "multipleanswer",
            "multipleanswers",
            "multiselect",
            "multipleresponse",
            "checkbox",
            "checkboxes",
            "multi",
            "multiple",
        )
        and len(right) != 1
    ):
        return True
    if kind in (
        "manychoice",
        "choosemany",
        "multiplechoicequestion",
        "multiselect",
        "checkbox",
        "multipleresponse",
        "multipleanswers",
    ):
        return True
    return True if found.get("multiple") is True or found.get("multi_select") is True else None


def _named(
    found: Mapping[str, Any], texts: Sequence[str], letters: Sequence[str], options: Sequence[Any], first: int
) -> list[int]:
    """Return the indexes of the options that a key names: by its number, its text, or its letter."""
    value = _key_in(found)
    names = [str(spelt(one).get("id", "")) for one in options if isinstance(one, Mapping)]
    values = value if isinstance(value, list) else [value]
    if all(_is_number(one) for one in values) and not any(map(_is_number, options)):
        places = [int(one) - first for one in values]
        return [at for at in places if 0 <= at < len(texts)]
    if isinstance(value, str) and not _index_of(value, texts, letters, names) and re.search(r"[,;|]", value):
        values = re.split(r"\s*[,;|]\s*", value)
    return [at for one in values for at in _index_of(one, texts, letters, names)]


def _key_in(found: Mapping[str, Any]) -> Any:
    return next((found[name] for name in KEY if found.get(name) is not None and name not in OPTIONS), None)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def first_number(items: Iterable[object]) -> int:
    """Return 1 where the keys of some questions count their options from one: a key would be beyond the last."""
    beyond = False
    for one in items:
        found = spelt(one) if isinstance(one, Mapping) else {}
        key, options = _key_in(found), options_in(found)
        for value in key if isinstance(key, list) else [key]:
            if _is_number(value) and isinstance(options, list):
                if value == 0:
                    return 0
                beyond = beyond or value == len(options)
    return int(beyond)


def _index_of(value: object, texts: Sequence[str], letters: Sequence[str], names: Sequence[str]) -> list[int]:
    if isinstance(value, bool) or value is None:
        return [at for at, text in enumerate(texts) if text.lower() == str(value).lower()]
    said = str(value).strip()
    for known in (texts, letters, names):
        same = [at for at, text in enumerate(known) if text == said] or [
            at for at, text in enumerate(known) if normal(text) and normal(text) == normal(said)
        ]
        if same:
            return same[:1]
    if re.fullmatch(r"-?\d+", said):
        return [int(said)] if 0 <= int(said) < len(texts) else []
    found = _LETTER.match(said)
    at = ord(found["letter"].lower()) - ord("a") if found else len(texts)
    return [at] if at < len(texts) else []


def _of_key(found: Mapping[str, Any], stem: str, told: Feedback) -> Question | None:
    """Return a question without options by its key: true or false, or a text."""
    value = next((found[name] for name in KEY if found.get(name) is not None), None)
    if isinstance(value, bool) or str(value).strip().lower() in ("true", "false"):
        return _boolean(found, stem, told)
    texts = _keys(found)
    if not texts:
        return None
    if any(len(text) > 80 for text in texts):
        why = "\n\n".join(filter(None, (*texts, told.general)))
        return Question("", QuestionKind.ESSAY, stem, feedback=replace(told, general=why), graded=False)
    return written(texts, stem=stem, told=told)
