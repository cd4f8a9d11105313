"""Questions with options in plain Markdown, and those among them without: each with its key, wherever that stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_uppercase

from coursewright.course.quiz import Answer, Feedback, Option, Question, QuestionKind
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes.letters import Named, named_in
from coursewright.readers.quizzes.making import checked, chosen, written
from coursewright.readers.quizzes.markdown.drafts import Sketch, draft_of, without_list
from coursewright.readers.quizzes.markdown.folds import folds
from coursewright.readers.quizzes.markdown.keylists import KeyEntry, KeyList, key_lists
from coursewright.readers.quizzes.markdown.matching import entries_for
from coursewright.readers.quizzes.markdown.pairs import matched, names_pairs, without_tables
from coursewright.readers.quizzes.markdown.starts import above, starts
from coursewright.readers.quizzes.markdown.wrappers import Fold
from coursewright.readers.quizzes.marks import Run, is_told_right, runs, without_verdict
from coursewright.readers.quizzes.numbers import Form, Start
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import (
    Telling,
    asks_for_order,
    asks_to_match,
    asks_whether,
    is_asked,
    is_lead,
    is_task_title,
    truth,
    unmarked,
)
from coursewright.text.names import normal, shortened

_LONGEST_ANSWER, _MOST_WORDS = 80, 10
_SEVERAL, _MOST_LISTED = 3, 10
_TRUTH = re.compile(
    r"^[\s*_`]*(?:true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero|waar|onwaar|صواب|صح|صحيح|خطأ|正しい|誤り|[○〇×✕])(?![\w'’-])",
    re.IGNORECASE,
)
_EMPHASISED = re.compile(r"\*\*[^*]+\*\*|\*[^*]+\*|_[^_]+_")
_NEAR = re.compile(
    r"^[\s*_`]*(?P<value>[-+]?\d{1,15}(?:[.,]\d{1,15})?)\s*(?:±|\+/?-)\s*(?P<tolerance>\d{1,15}(?:[.,]\d{1,15})?)[\s*_`.]*(?:\s\S{1,8})?$"
)
_LETTER = re.compile(r"[*_]{0,2}\(?(?P<letter>[A-Ja-j])[.):]\s")
_ALTERNATIVES = re.compile(r"\s+(?:or|/|\|)\s+|\s*\|\s*")


def spots(sheet: Sheet, apart: Sequence[KeyEntry] = ()) -> list[Found]:
    """Return the questions of a document with their keys; `apart` are the keys of a document of their own."""
    drafts, lists = drafts_of(sheet)
    entries = [entry for one in lists for entry in one.entries]
    _take_full(drafts)
    before = [draft for draft in drafts if not lists or draft.first < lists[-1].first]
    keys = entries_for(before or drafts, entries or apart)
    stating = _are_statements(drafts)
    found = [_spot(draft, keys.get(index), sheet, stating=stating) for index, draft in enumerate(drafts)]
    told = [Found(one.first, one.end) for one in lists] if any(spot.question for spot in found) else []
    return sorted((*found, *told), key=lambda spot: spot.first)


def drafts_of(sheet: Sheet) -> tuple[list[Sketch], list[KeyList]]:
    """Return the questions of a document as they stand, and its lists of keys."""
    folded, every = folds(sheet), runs(sheet)
    closed = [fold for fold in folded if not any(fold.first <= run.first < fold.end for run in every)]
    masked = {at for fold in closed for at in range(fold.first, fold.end)}
    lists = key_lists(sheet, folded, frozenset(masked))
    masked |= {at for one in lists for at in range(one.first, one.end)}
    return list(_drafts(sheet, every, closed, lists, frozenset(masked))), lists


def _drafts(
    sheet: Sheet, every: Sequence[Run], closed: Sequence[Fold], lists: Sequence[KeyList], masked: frozenset[int]
) -> Iterator[Sketch]:
    shown = [run for run in every if run.first not in masked]
    begun = starts(sheet, shown, masked, _listed(lists))
    folded = {fold.first: fold for fold in closed}
    places, listed = [run.first for run in shown], [one.first for one in lists]
    for number, start in enumerate(begun):
        following = begun[number + 1].index if number + 1 < len(begun) else len(sheet.lines)
        at = bisect_left(listed, start.index)
        stop = min(following, listed[at]) if at < len(listed) else following
        first = bisect_left(places, start.index)
        run = shown[first] if first < len(shown) and shown[first].first < stop else None
        broken = _break(sheet, start, run) if run else 0
        goes_on = stop == following < len(sheet.lines) and begun[number + 1].form is not Form.BARE
        if run and broken:
            yield draft_of(sheet, start, broken, None, folded, last=True)
            start = above(sheet, broken, run.first)
        yield draft_of(sheet, start, stop, run, folded, last=not goes_on)


def _break(sheet: Sheet, start: Start, run: Run) -> int:
    """Return the heading or the rule between a numbered item and options that are none of it; 0 for none.

    To options with letters a heading may lead (`### Options`), but no heading with text below it.
    """
    if start.form is not Form.NUMBER:
        return 0
    if run.is_boxed and not run.is_lettered:
        return next((at for at in range(start.rest, run.first) if sheet.heading(at) or sheet.is_rule(at)), 0)
    first = next((at for at in range(start.rest, run.first) if sheet.heading(at)), run.first)
    below = (at for at in range(first + 1, run.first) if at not in sheet.hidden)
    return first if any(sheet.lines[at].strip() for at in below) else 0


def _listed(lists: Sequence[KeyList]) -> dict[str, int]:
    """Return the numbers with a key, each with the line of its list: the last one that does not repeat one before."""
    known: dict[str, tuple[int, tuple[str, ...]]] = {}
    for one in lists:
        for entry in one.entries:
            named = named_in(entry.value)
            letters = named.letters if named else ()
            if entry.number not in known or known[entry.number][1] != letters:
                known[entry.number] = (one.first, letters)
    return {number: line for number, (line, _) in known.items()}


def _are_statements(drafts: Sequence[Sketch]) -> bool:
    """Say whether most of what is answered in words is true or false: no tale whose `Answer: True story` is one."""
    answered = [draft for draft in drafts if draft.told.asked and draft.number and draft.run is None]
    return sum(map(_is_stated, answered)) * 2 > len(answered)


def _is_stated(draft: Sketch) -> bool:
    return bool(_TRUTH.fullmatch(draft.told.answer.strip(" *_`.")))


def _spot(draft: Sketch, entry: KeyEntry | None, sheet: Sheet, *, stating: bool) -> Found:
    """Return where a question stands and what it is, None for what is none."""
    differing = list(_differing(draft, entry, sheet)) if entry else []
    if entry:
        _take_entry(draft, entry)
    question, findings = _question(draft, sheet)
    findings = [*differing, *findings]
    if question is None or _is_between(draft, question):
        return Found(draft.first, draft.end, None, number=draft.number, sure=False)
    place = sheet.place(draft.first)
    question = replace(question, title=draft.title, line=place.line, hints=tuple(draft.told.hints))
    question = replace(question, points=1.0 if draft.told.points is None else draft.told.points)
    question, more = checked(question, place)
    more = [] if any(found.code == messages.KEY_UNKNOWN.code for found in findings) else more
    boxed = bool(draft.run and draft.run.is_boxed and not draft.run.is_lettered) and not draft.number
    sure = _is_sure(draft, question, sheet) or (stating and _is_statement(draft, question))
    found = Found(draft.first, draft.end, question, (*findings, *more), draft.number, sure=sure, boxed=boxed)
    return replace(found, ticks=bool(draft.run and draft.run.is_boxed and not draft.run.is_lettered))


def _is_between(draft: Sketch, question: Question) -> bool:
    """Say whether what stands over options only joins them to others before them: `versus`, with no key."""
    stem, keyed = question.stem.strip(" *_"), any(option.fraction > 0 for option in question.options)
    return draft.start.form is Form.BARE and not keyed and stem.isalpha() and stem.islower()


def _differing(draft: Sketch, entry: KeyEntry, sheet: Sheet) -> Iterator[Finding]:
    """Yield a finding where a question has another key beside it than in the list, or one in each of two lists."""
    named = named_in(entry.value)
    beside, listed = (draft.told.named, named) if draft.told.named else (named, named_in(entry.other))
    agrees = (
        listed
        and beside
        and (
            set(listed.letters) == set(beside.letters) or (beside.either and set(listed.letters) <= set(beside.letters))
        )
    )
    if listed and beside and draft.run and not agrees:
        yield messages.KEYS_DIFFER.at(
            sheet.place(draft.first),
            first=", ".join(beside.letters),
            second=", ".join(listed.letters),
            question=shortened(draft.stem or draft.title, 60),
        )


def _take_full(drafts: Sequence[Sketch]) -> None:
    """Take a question with a tick at each of its options as one whose key is all of them, among others like it."""
    ticked = [(draft, _ticks(draft)) for draft in drafts if draft.run and draft.run.is_boxed]
    some = Counter((draft.start.form, draft.start.level) for draft, ticks in ticked if any(ticks) and not all(ticks))
    full = [draft for draft, ticks in ticked if all(ticks) and not draft.told.answer]
    for draft in full:
        like = some[(draft.start.form, draft.start.level)]
        if like >= _SEVERAL and like > len(full) and not is_task_title(draft.start.text):
            draft.told.take(Telling("answer", ", ".join(ascii_uppercase[: len(_ticks(draft))])))


def _ticks(draft: Sketch) -> list[bool]:
    return [choice.is_told_right for choice in draft.run.choices] if draft.run else []


def _take_entry(draft: Sketch, entry: KeyEntry) -> None:
    told = draft.told
    if not told.answer:
        told.answer, told.named = entry.value, named_in(entry.value)
        told.asked = True
    if not told.reason and entry.why:
        told.why = [entry.why]


def _is_sure(draft: Sketch, question: Question, sheet: Sheet) -> bool:
    """Say whether nothing but a question is written like this: with a key, or where something is asked."""
    if not question.graded or (not question.options and question.kind is not QuestionKind.BOOLEAN):
        return False
    if draft.told.asked or draft.start.named:
        return draft.run is not None or (draft.told.asked and bool(question.options))
    if draft.run is None:
        return False
    if draft.run.first in sheet.verdicts and draft.number:
        return True
    return (draft.run.is_lettered and draft.run.is_boxed) or is_asked(question.stem)


def _is_statement(draft: Sketch, question: Question) -> bool:
    return (
        question.graded
        and question.kind is QuestionKind.BOOLEAN
        and bool(draft.told.asked and draft.number)
        and _is_stated(draft)
    )


def _question(draft: Sketch, sheet: Sheet) -> tuple[Question | None, list[Finding]]:
    if draft.run:
        return (pairs, []) if (pairs := _of_pairs(draft)) else _of_options(draft, sheet)
    if draft.listed and (found := _of_list(draft)):
        return found, []
    return _in_words(draft), []


def _of_options(draft: Sketch, sheet: Sheet) -> tuple[Question, list[Finding]]:
    run, told = draft.run, draft.told
    assert run is not None  # noqa: S101 - its caller has looked
    texts = [choice.text for choice in run.choices]
    right, findings = _right(draft, texts, sheet)
    named = told.named
    either = bool(named and named.either)
    if named and asks_for_order(draft.stem) and sorted(right) == list(range(len(texts))):
        return _in_order([texts[at] for at in right], draft), findings
    why = _why(draft, texts, named if right else None)
    question = chosen(texts, right, stem=draft.stem, either=either, told=Feedback(general=why))
    if not right and question.kind is QuestionKind.BOOLEAN and (said := truth(told.answer)) is not None:
        question = replace(question, right=said)
    return question, findings


def _of_pairs(draft: Sketch) -> Question | None:
    """Return a question that asks to match its list with the letters below it, where its key says so; None else."""
    run, told = draft.run, draft.told
    if run is None or not asks_to_match(draft.stem) or not names_pairs(told.answer):
        return None
    lettered = (f"{choice.letter}. {choice.text}" for choice in run.choices if choice.letter)
    pairs = matched("\n".join((draft.stem, *lettered)), told.answer)
    reason = Feedback(general=told.reason)
    return Question("", QuestionKind.MATCH, without_list(draft.stem), pairs=pairs, feedback=reason) if pairs else None


def _in_order(texts: Sequence[str], draft: Sketch) -> Question:
    """Return a question that asks to bring into their order what already stands in it."""
    options = tuple(Option("", text, 1.0) for text in texts)
    return Question("", QuestionKind.ORDER, draft.stem, options=options, feedback=Feedback(general=draft.told.reason))


def _right(draft: Sketch, texts: Sequence[str], sheet: Sheet) -> tuple[list[int], list[Finding]]:
    """Return the indexes of the right options: by ticks, by the key, or by being the only strong one."""
    run, told = draft.run, draft.told
    assert run is not None  # noqa: S101 - its caller has looked
    ticked = [at for at, choice in enumerate(run.choices) if choice.is_told_right]
    if ticked and len(ticked) < len(texts):
        return ticked, []
    name = shortened(draft.stem or draft.title, 60)
    if told.named:
        places = [ord(letter) - ord("A") for letter in told.named.letters]
        if all(place < len(texts) for place in places):
            return places, []
        return _by_text(told.answer, texts), [
            messages.KEY_UNKNOWN.at(sheet.place(draft.first), question=name, key=shortened(told.answer, 40))
        ]
    if told.answer:
        found = _by_text(told.answer, texts)
        unknown = messages.KEY_UNKNOWN.at(sheet.place(draft.first), question=name, key=shortened(told.answer, 40))
        return found, [] if found or told.folded or truth(told.answer) is not None else [unknown]
    strong = [at for at, choice in enumerate(run.choices) if choice.strong]
    return (strong if len(strong) == 1 and not told.asked else []), []


def _by_text(answer: str, texts: Sequence[str]) -> list[int]:
    """Return the option that a key repeats, in words or by its number."""
    said = normal(answer)
    same = [at for at, text in enumerate(texts) if normal(text) and said == normal(text)]
    if same:
        return same[:1]
    begun = [at for at, text in enumerate(texts) if len(normal(text)) > 3 and said.startswith(normal(text))]
    if begun:
        return [max(begun, key=lambda at: len(texts[at]))]
    number = answer.strip(" .)*_#")
    return [int(number) - 1] if number.isdigit() and 0 < int(number) <= len(texts) else []


def _why(draft: Sketch, texts: Sequence[str], named: Named | None) -> str:
    """Return why an answer is right: what stands after its letter, without the option itself, and what follows."""
    rest = named.rest if named else ""
    option = texts[ord(named.letters[0]) - ord("A")] if named and ord(named.letters[0]) - ord("A") < len(texts) else ""
    if option and normal(rest).startswith(normal(option)) and normal(option):
        rest = _after_option(rest if rest.startswith(option) else rest.strip("*_` "), option)
    elif option and rest and normal(option).startswith(normal(rest)):
        rest = ""
    return trimmed(f"{rest.strip()}\n\n{draft.told.reason}".split("\n"))


def _after_option(rest: str, option: str) -> str:
    """Return what a key says after it repeats its option; all of it where its sentence only begins so."""
    option = option if rest.startswith(option) else option.strip("*_` ")
    if not rest.startswith(option):
        return "" if normal(rest) == normal(option) else rest
    after = rest[len(option) :]
    if after.strip(" `*_").startswith((")", "—", "–", "-", ":", ".", ",", "(")) or "\n" in after[:2]:
        return after.lstrip("*_`)—–-:., ")
    return rest if after.strip(" `*_") else ""


def _of_list(draft: Sketch) -> Question | None:
    """Return a question whose options are a plain list, where its key names one of them."""
    told, texts = draft.told, [unmarked(without_verdict(text)) for text in draft.listed]
    strong = [at for at, text in enumerate(draft.listed) if _EMPHASISED.fullmatch(text) and not is_lead(text)]
    strong = [] if draft.nested or len(texts) > _MOST_LISTED else strong
    right: list[int] = strong if len(strong) == 1 and not told.asked else []
    right = [at for at, text in enumerate(draft.listed) if is_told_right(text)] or right
    letters = _letters_of(texts)
    if told.named and all(letter in letters for letter in told.named.letters):
        right = [letters.index(letter) for letter in told.named.letters]
    elif told.answer:
        right = _by_text(told.answer, texts) or _by_numbers(told.answer, len(texts))
    if not right:
        return None
    return chosen(texts, right, stem=without_list(draft.stem), told=Feedback(general=_why(draft, texts, told.named)))


def _letters_of(texts: Sequence[str]) -> list[str]:
    """Return by which letter a key names each item of a list: its own, where all have one, or that of its place."""
    own = [found["letter"].upper() for text in texts if (found := _LETTER.match(text))]
    return own if len(own) == len(texts) else [chr(ord("A") + at) for at in range(len(texts))]


def _by_numbers(answer: str, count: int) -> list[int]:
    numbers = [int(found) for found in re.findall(r"\d+", answer)]
    is_list = re.fullmatch(r"[\s\d,;&()and.*_]+", answer)
    return [number - 1 for number in numbers] if is_list and all(0 < number <= count for number in numbers) else []


def _in_words(draft: Sketch) -> Question | None:
    """Return a question without options: what is true, a short answer, or one at length that nobody grades."""
    told = draft.told
    stem = draft.stem or draft.title
    if not told.asked and not (draft.start.named and stem):
        return None
    said = truth(told.answer) if asks_whether(stem) or _TRUTH.match(told.answer) else None
    if said is not None:
        rest = re.sub(r"^[\s*_`(\"]*\w+[\s*_`)\"]*[.,:;–—-]*\s*", "", told.answer).strip()
        rest = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
        why = trimmed(f"{rest}\n\n{told.reason}".split("\n"))
        return Question("", QuestionKind.BOOLEAN, stem, right=said, feedback=Feedback(general=why))
    if told.answer and asks_to_match(stem) and (pairs := matched(stem, told.answer)):
        reason = Feedback(general=told.reason)
        return Question("", QuestionKind.MATCH, without_tables(stem), pairs=pairs, feedback=reason)
    if near := _NEAR.match(told.answer):
        number, tolerance = (float(near[name].replace(",", ".")) for name in ("value", "tolerance"))
        answer = Answer(value=number, tolerance=tolerance)
        return Question("", QuestionKind.NUMBER, stem, answers=(answer,), feedback=Feedback(general=told.reason))
    if told.answer and _is_short(told.answer) and not (told.folded and told.reason):
        return written(_accepted(told.answer), stem=stem, told=Feedback(general=told.reason))
    why = trimmed(f"{told.answer}\n\n{told.reason}".split("\n"))
    return Question("", QuestionKind.ESSAY, stem, feedback=Feedback(general=why), graded=False)


def _is_short(answer: str) -> bool:
    """Say whether an answer can be asked for word by word: it is no sentence, and announces no list."""
    if answer.rstrip(" *_").endswith((":", "：")):
        return False
    return "\n" not in answer and len(answer) <= _LONGEST_ANSWER and len(answer.split()) <= _MOST_WORDS


def _accepted(answer: str) -> list[str]:
    whole = answer.strip().rstrip(".").strip("*_` ")
    parts = [part.strip("*_` .") for part in _ALTERNATIVES.split(whole)]
    return [*parts, whole] if len(parts) > 1 else [whole]
