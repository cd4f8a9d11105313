"""Quizzes in HTML of the author's own: elements whose `data-` attributes say which answer is right.

Either each answer says whether it is right (`data-correct="true"`), or what holds them names the right one, by its
value, its letter or its number (`data-answer="b"`). What is said of an answer stands in attributes, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape

from lxml.etree import _Element as Element
from lxml.etree import tostring

from coursewright.course.quiz import Feedback, Question
from coursewright.findings import messages
from coursewright.pages.fragment import fragment
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.text.markdown.backwards.lines import code_span
from coursewright.text.markdown.backwards.page import words
from coursewright.text.markdown.backwards.parsing import remove
from coursewright.text.markdown.backwards.turning import inline_of, markdown_of

_MARKS = ("data-correct", "data-is-correct", "data-iscorrect", "data-right", "data-is-answer", "data-answer")
_KEYS = ("data-answer", "data-correct", "data-correct-answer", "data-correct-index", "data-solution")
_MARKED = re.compile(r"\sdata-(?:is-?)?(?:correct|answer|right|solution)\b", re.IGNORECASE)
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>div|section|article|form|fieldset|ul|ol|p|quiz-[\w-]+)\b(?P<rest>[^>]*)>", re.IGNORECASE
)
_ONLY_TAG = re.compile(r"\s*(?:</?(?:div|section|article|form|fieldset|ul|ol)\b[^<>]*>\s*)+$", re.IGNORECASE)
_RIGHT = frozenset(("true", "yes", "right", "correct", ""))
_WRONG = frozenset(("false", "no", "wrong", "incorrect"))
_SAID = ("data-feedback", "data-explanation", "data-explain", "data-why", "data-fb", "data-rationale", "data-reason")
_NAMES = ("data-value", "data-option", "data-choice", "data-letter", "data-key", "data-id", "value", "data-index", "id")
_OPTION = re.compile(r"(?:^|[-_ ])(?:opt(?:ion)?|choice|answer|alternative)(?:[-_ ]|$)", re.IGNORECASE)
_STEM = re.compile(r"(?:^|[-_ ])(?:question(?:-text|-title)?|q|stem|prompt|ask)$", re.IGNORECASE)
_TOLD = re.compile(r"feedback|explanation|explain|rationale|(?:^|[-_ ])fb(?:[-_ ]|$)", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:Q(?:uestion)?\s*)?\d{1,3}\\?[.):]\s+(?=\S)")
_LETTER = re.compile(r"\(?(?P<letter>[A-Ja-j])\\?[.)]\s+(?=\S)")
_MOST_UNREAD = 50
_LONGEST_TEXT = 200_000


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in elements whose attributes hold the key."""
    if not _MARKED.search(sheet.whole):
        return []
    return list(_spots(sheet, _ends(sheet), 0, len(sheet.lines), 0))


def _spots(sheet: Sheet, ends: Mapping[int, int], index: int, stop: int, depth: int) -> Iterator[Found]:
    before = index
    while index < stop:
        line = sheet.lines[index]
        end = min(ends.get(index, 0), stop)
        if not end:
            index += 1
            continue
        text = "\n".join(sheet.lines[index:end])
        if not _MARKED.search(text) or len(text) > _LONGEST_TEXT:
            index = end
            continue
        holders = _holders(fragment(text))
        inner = list(_spots(sheet, ends, index + 1, end, depth + 1)) if len(holders) > 1 and depth < 5 else []
        if len([one for one in inner if one.question]) == len(holders) > 1:
            yield replace(inner[0], first=index if _ONLY_TAG.match(line) else inner[0].first)
            yield from inner[1:-1]
            rest = all(not one.strip() or _ONLY_TAG.match(one) for one in sheet.lines[inner[-1].end : end])
            yield replace(inner[-1], end=end if rest else inner[-1].end)
        else:
            yield from _found(sheet, before, index, end, holders)
            before = end if holders else before
        index = end


def _ends(sheet: Sheet) -> dict[int, int]:
    """Return the indexes of the lines after those elements that begin lines, by where they begin."""
    waiting: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for at, line in enumerate(sheet.lines):
        for found in _TAG.finditer(line) if "<" in line and at not in sheet.hidden else ():
            opened = waiting.setdefault(found["name"].lower(), [])
            if found["end"] and opened:
                ends[opened.pop()] = at + 1
            elif not found["end"] and not found["rest"].endswith("/"):
                opened.append(at if not line[: found.start()].strip() else -1)
    return ends


def _found(
    sheet: Sheet, before: int, index: int, end: int, holders: Sequence[tuple[Element, list[Element]]]
) -> Iterator[Found]:
    """Yield the questions of an element; the first takes its lines, and what it asks may stand above them."""
    place = sheet.place(index)
    begin = index
    for number, (holder, options) in enumerate(holders):
        question = _question(holder, options)
        if question and not question.stem and not number:
            begin = paragraph_above(sheet, before, index)
            question = replace(question, stem=sheet.text(begin, index))
        if question is None or not question.stem:
            left_out = messages.QUESTION_LEFT_OUT.at(
                place, reason="its attributes hold a key in a way that is not known"
            )
            yield Found(begin, end, None, (left_out,))
        else:
            question, findings = checked(replace(question, line=place.line), place)
            yield Found(begin, end, question, tuple(findings))
        begin = end


def _holders(root: Element) -> list[tuple[Element, list[Element]]]:
    """Return the elements that ask something, each with its answers."""
    found: list[tuple[Element, list[Element]]] = []
    taken: set[Element] = set()
    unread = 0
    for element in root.iter():
        if element in taken or not isinstance(element.tag, str) or unread > _MOST_UNREAD:
            continue
        named = bool(_key(element))
        if not named and _verdict(element) is None:
            continue
        options = _options_below(element) if named else _options_beside(element, root)
        unread += len(options) < 2
        if len(options) > 1:
            found.append((_holder(options, root), options))
            taken.update(one for option in options for one in option.iter())
    return found


def _verdict(element: Element) -> bool | None:
    """Return whether an answer says that it is right; None for what says nothing."""
    for name in _MARKS:
        value = element.get(name)
        if value is not None and name != "data-answer" and value.strip().lower() in _RIGHT | {"1", name}:
            return True
        if value is not None and value.strip().lower() in (_RIGHT - {""} if name == "data-answer" else ()):
            return True
        if value is not None and value.strip().lower() in _WRONG | ({"0"} if name != "data-answer" else set()):
            return False
    return None


def _key(element: Element) -> str:
    """Return what an element says of which answer in it is right."""
    value = next((element.get(name) for name in _KEYS if element.get(name)), None) or ""
    below = len(element) > 0 and value.strip().lower() not in _RIGHT | _WRONG
    return value.strip() if below and len(_options_below(element)) > 1 else ""


def _options_below(element: Element) -> list[Element]:
    """Return the answers in an element that names the right one."""
    below = [one for one in element.iterdescendants() if isinstance(one.tag, str)]
    kinds = (
        [one for one in below if one.tag == "label" and one.find(".//input") is not None],
        [
            one
            for one in below
            if one.tag in ("button", "li", "div", "span", "p") and _named(one, _OPTION) and not _inner(one)
        ],
        [one for one in below if one.tag == "li"],
        [one for one in below if one.tag == "button" and one.get("type") != "submit"],
    )
    return next((kind for kind in kinds if len(kind) > 1), [])


def _inner(element: Element) -> bool:
    return any(isinstance(one.tag, str) and _named(one, _OPTION) for one in element.iterdescendants())


def _options_beside(marked: Element, root: Element) -> list[Element]:
    """Return the answers among which one says whether it is right: the nearest of its kind, itself among them."""
    above = marked.getparent()
    option = above if marked.tag == "input" and above is not None else marked
    around = option.getparent()
    while around is not None and around is not root.getparent():
        alike = [one for one in around.iter(option.tag) if _kind(one) == _kind(option)]
        if len(alike) > 1:
            return alike
        around = around.getparent()
    return [option]


def _kind(element: Element) -> str:
    return (element.get("class") or "").split(" ")[0]


def _holder(options: Sequence[Element], root: Element) -> Element:
    """Return what holds some answers, and what they answer."""
    around = root
    for above in options[0].iterancestors():
        if around is not root and any(_marked_apart(one, around, options) for one in above.iterdescendants()):
            break
        around = above
        if _words_before(around, options[0]):
            break
    return around


def _marked_apart(element: Element, around: Element, options: Sequence[Element]) -> bool:
    """Say whether an element is an answer of another question."""
    if not isinstance(element.tag, str) or (_verdict(element) is None and not _key(element)):
        return False
    return (
        not any(one is element or one in (around, *options) for one in element.iterancestors())
        and element is not around
    )


def _words_before(holder: Element, option: Element) -> str:
    """Return the HTML of what stands in an element before its first answer."""
    asked = next((one for one in _before(holder, option) if one.tag == "legend" or _named(one, _STEM)), None)
    if asked is not None and option not in asked.iter():
        return _html(asked)
    parts = [escape(holder.text or "", quote=False)]
    for child in holder:
        if child is option or option in child.iter():
            parts += [_words_before(child, option)] if child is not option else []
            break
        parts.append(_html(child, whole=True) + escape(child.tail or "", quote=False))
    text = "".join(parts)
    return text if re.sub(r"<[^<>]*>|\s", "", text) else ""


def _before(holder: Element, option: Element) -> Iterator[Element]:
    for one in holder.iterdescendants():
        if one is option:
            return
        if isinstance(one.tag, str):
            yield one


def _html(element: Element, *, whole: bool = False) -> str:
    """Return an element, or what is in it, as HTML."""
    if not isinstance(element.tag, str):
        return ""
    if whole:
        return str(tostring(element, encoding="unicode", method="html", with_tail=False))
    return escape(element.text or "", quote=False) + "".join(
        _html(child, whole=True) + escape(child.tail or "", quote=False) for child in element
    )


def _named(element: Element, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(one) for one in (element.get("class") or "").split())


def _question(holder: Element, options: list[Element]) -> Question | None:
    stem = _NUMBER.sub("", markdown_of(_words_before(holder, options[0])).markdown.strip())
    told = [_said(one) for one in options]
    texts = [_text(one) for one in options]
    if not all(texts):
        return None
    right = [at for at, one in enumerate(options) if _is_right(one)]
    if not right:
        around = (holder, *holder.iterancestors(), *holder.iterdescendants())
        right = _right(next((value for one in around if (value := _key(one))), ""), options, texts)
    letters = [found["letter"].lower() if (found := _LETTER.match(text)) else "" for text in texts]
    if letters == [chr(ord("a") + at) for at in range(len(texts))]:
        texts = [_LETTER.sub("", text, count=1) for text in texts]
    return chosen(texts, right, stem=stem, feedback=told, told=_general(holder, options))


def _text(option: Element) -> str:
    """Return an answer as Markdown; one that is nothing but tags which show nothing is code."""
    html = _html(option).strip()
    return inline_of(html).markdown.strip() or (code_span(html) if html and option.find(".//input") is None else "")


def _is_right(option: Element) -> bool:
    return any(_verdict(one) for one in option.iter() if isinstance(one.tag, str))


def _said(option: Element) -> str:
    """Return what is said of an answer, which its text is then without."""
    said = next((option.get(name) for name in _SAID if option.get(name)), "") or ""
    for one in [one for one in option.iterdescendants() if isinstance(one.tag, str) and _named(one, _TOLD)]:
        said = said or words(one)
        remove(one)
    return said.strip()


def _right(key: str, options: Sequence[Element], texts: Sequence[str]) -> list[int]:
    """Return which answers a key names: by their values, their letters, their numbers from 0, or their texts."""
    names = [[value for one in option.iter() for name in _NAMES if (value := one.get(name))] for option in options]
    found: list[int] = []
    for one in re.split(r"\s*[,;|]\s*", key) if key else []:
        same = [at for at, known in enumerate(names) if one in known] or [
            at for at, text in enumerate(texts) if text == one
        ]
        if not same and one.isdecimal() and int(one) < len(texts):
            same = [int(one)]
        if not same and re.fullmatch(r"[A-Ja-j]", one) and ord(one.lower()) - ord("a") < len(texts):
            same = [ord(one.lower()) - ord("a")]
        found += same[:1]
    return found


def _general(holder: Element, options: Sequence[Element]) -> Feedback:
    """Return what is said of the question as a whole."""
    around = [holder, *(one for one in holder.iterancestors() if any(one.get(name) for name in _KEYS))]
    said = next((value for one in around for name in _SAID if (value := one.get(name))), "")
    for one in holder.iterdescendants():
        if (
            not said
            and isinstance(one.tag, str)
            and _named(one, _TOLD)
            and not any(one in each.iter() for each in options)
        ):
            said = inline_of(_html(one)).markdown.strip()
    return Feedback(general=said.strip())
