"""webexercises in notebooks: what chunks set and show for its questions stands in the text, what it hides is folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from coursewright.readers.folder.forms import FOLD_END, FOLD_ENDS, fold, folded
from coursewright.readers.folder.lines import Lines, hold, on_line
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.dialects.webexercises import INLINE, WIDGET
from coursewright.readers.quizzes.fences import closes
from coursewright.readers.quizzes.rcalls import Call, RError, Unsaid, Value, calls_in, text_of, values_set, written
from coursewright.readers.quizzes.rchunks import CHUNK, is_run
from coursewright.text.markdown.values import Text

_SHOWING = re.compile(r"cat|print|(?:long)?mcq|torf|fitb")
_CALLED = re.compile(r"\b(?:(?:long)?mcq|torf|fitb)\s*\(")
_VECTORS = ("c", "list", "sample")
_HIDES = re.compile(r"`r[ \t]+(?:webex(?:ercises)?::)?(?P<name>hide|unhide)\((?P<given>[^`\n()]*)\)[ \t]*`")
_TALLY = re.compile(r"`r[ \t]+(?:webex(?:ercises)?::)?(?:total_correct|style_widgets)\([^`\n]*\)[ \t]*`")
_DIV = re.compile(
    r"\s*<div\s+class=[\"']webex-solution[\"']\s*>\s*(?:<button>(?P<title>.*?)</button>)?(?P<rest>.*)$", re.IGNORECASE
)
_SILENT = re.compile(r"\b(?:echo|include)\s*=\s*F(?:ALSE)?\b")
_HIDDEN = re.compile(r"\bwebex\.hide\s*[=:]\s*(?:TRUE\b|T\b|true\b|\"(?P<title>[^\"\n]*)\"|'(?P<single>[^'\n]*)')")
_OPEN = re.compile(r"`r[ \t]+(?:webex(?:ercises)?::)?(?:(?:long)?mcq|torf|fitb)[ \t]*\([^`]*$")
_ANY = re.compile(r"`r[ \t]+(?:webex(?:ercises)?::)?(?:(?:long)?mcq|torf|fitb)[ \t]*\([^`]*(?:`|$)")
_LONGEST = 4_000  # of lines, longer ones are taken as they are
_TITLE = "Solution"


def with_widgets(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return the lines of a notebook with questions where they are shown, and with folds around what is hidden."""
    if not rewriting.notebook or not hold(lines, "mcq(", "torf(", "fitb(", "hide(", "webex"):
        return lines
    parts = list(_parts(lines))
    known = _options_set([one for chunk, one in parts if chunk])
    kept: Lines = []
    for chunk, part in parts:
        kept += _chunk(chunk, part, known, rewriting) if chunk else _folded(_whole(part), known, rewriting)
    return kept


def _parts(lines: Lines) -> Iterator[tuple[re.Match[str] | None, Lines]]:
    """Yield the chunks of R with what opens them, and the lines between them."""
    start = index = 0
    while index < len(lines):
        found = CHUNK.match(lines[index]) if "{" in lines[index] else None
        index += 1
        if not found:
            continue
        end = next((at for at in range(index, len(lines)) if closes(lines[at], found["mark"])), len(lines))
        yield None, lines[start : index - 1]
        yield found, lines[index - 1 : end + 1]
        start = index = end + 1
    yield None, lines[start:]


def _options_set(chunks: Sequence[Lines]) -> dict[str, Value]:
    """Return the options that chunks set for questions, by the names of their variables."""
    found: dict[str, Value] = {}
    for chunk in chunks:
        if hold(chunk, "answer"):
            found |= {name: value for name, value in values_set("\n".join(chunk[1:-1])).items() if _are_options(value)}
    return found


def _are_options(value: Value) -> bool:
    if not isinstance(value, Call) or value.name not in _VECTORS:
        return False
    return "answer" in value.named or any(_are_options(one) for one in value.unnamed)


def _chunk(found: re.Match[str], chunk: Lines, known: Mapping[str, Value], rewriting: Rewriting) -> Lines:
    """Return a chunk as it is, folded, or what it shows of questions in its place."""
    options = found["options"]
    line = chunk[0].line
    if not is_run(options, chunk[1:]):
        return chunk
    hidden = _HIDDEN.search("\n".join((options, *(one for one in chunk[1:10] if one.startswith("#|")))))
    if hidden:
        opening = folded(hidden["title"] or hidden["single"] or _TITLE)
        return [*on_line(opening, line), *chunk, *on_line(FOLD_ENDS, line)]
    if not any(_CALLED.search(one) for one in chunk) and not _options_set([chunk]):
        return chunk
    try:
        calls = list(calls_in("\n".join(chunk[1:-1]), _SHOWING))
    except RError:
        calls = []
    shown = [text for text in ("".join(_said(call, known)) for call in calls) if INLINE.search(text)]
    if not shown and not _SILENT.search(options):
        rewriting.leave_out(chunk[0], line)
    return [Text(one, line) for text in shown for one in ("", *text.split("\n"), "")]


def _said(value: Value, known: Mapping[str, Value]) -> Iterator[str]:
    if isinstance(value, Call) and WIDGET.fullmatch(value.name):
        yield f"`r {written(_filled(value, known))}`"
    elif isinstance(value, Call) and value.name in ("cat", "print", "paste", "paste0"):
        apart = "" if value.name == "paste0" else text_of(value.named.get("sep", " ")) or ""
        yield apart.join("".join(_said(one, known)) for one in value.unnamed)
    else:
        yield text_of(value) or ""


def _filled(call: Call, known: Mapping[str, Value]) -> Call:
    """Return a call with the options that a chunk has set in place of their name."""
    pairs = tuple((name, known.get(one.name, one) if isinstance(one, Unsaid) else one) for name, one in call.pairs)
    return Call(call.name, tuple(one for name, one in pairs if not name), dict(one for one in pairs if one[0]), pairs)


def _whole(lines: Lines) -> Lines:
    """Return lines of which none begins a question that only ends on a later one: such are joined."""
    kept: Lines = []
    for line in lines:
        if kept and len(kept[-1]) < _LONGEST and _OPEN.search(kept[-1]):
            kept[-1] = Text(f"{kept[-1]} {line.strip()}", kept[-1].line)
        else:
            kept.append(line)
    return kept


def _unasked(line: Text, rewriting: Rewriting) -> str:
    """Return a line in which nothing can be asked, a heading or an endless one, with gaps in place of questions."""

    def one(found: re.Match[str]) -> str:
        rewriting.leave_out(found[0], line.line)
        return "____"

    return _ANY.sub(one, line)


def _folded(lines: Lines, known: Mapping[str, Value], rewriting: Rewriting) -> Lines:
    """Return lines of text with options in place of their names, and with folds for what is hidden."""
    kept: Lines = []
    inside = False
    for line in lines:
        if "`r" in line and (line.startswith("#") or len(line) >= _LONGEST or _OPEN.search(line)):
            kept.append(Text(_unasked(line, rewriting), line.line))
        elif "`r" in line:
            kept += on_line(_unhidden(_named(line, known)).split("\n"), line.line)
        elif "webex-solution" in line and (found := _DIV.match(line)):
            inside = True
            kept += on_line((*folded(found["title"] or _TITLE), found["rest"].strip()), line.line)
        elif inside and line.strip() == "</div>":
            inside = False
            kept += on_line(FOLD_ENDS, line.line)
        else:
            kept.append(line)
    return kept


def _named(line: str, known: Mapping[str, Value]) -> str:
    def one(found: re.Match[str]) -> str:
        try:
            call = next(calls_in(found["code"], WIDGET), None)
        except RError:
            return found[0]
        return f"`r {written(_filled(call, known))}`" if call else found[0]

    return INLINE.sub(one, _TALLY.sub("", line)) if known or "webex" in line or "total_" in line else line


def _unhidden(line: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found["name"] == "unhide":
            return FOLD_END
        return fold(found["given"].strip(" \"'") or _TITLE)

    return _HIDES.sub(one, line)
