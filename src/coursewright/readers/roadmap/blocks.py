"""Cuts a document's lines into headed sections of lists, tables, check items and prose, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.readers.roadmap.spaces import plain_structure, seen
from coursewright.text.markdown.values import Block, Item, Listing, Prose, Table, Text
from coursewright.text.patterns import later

_HEADING = later(r" {0,3}(?:(#{1,6})[ \t]+(.*)|(#{2,6})([^\s#].*))$")
_CLOSING_HASHES = later(r"(?:^|[ \t])#+$")
_FENCE = later(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_SETEXT = later(r"(=+|-+)[ \t]*$")
_ITEM = later(r"( *)([-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|$)")
_CHECKBOX = later(r"\[([ xX])\](?:[ \t]+|$)")
_DELIMITER = later(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_RULE = later(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_CELL_END = later(r"(?<!\\)\|")
_CELL_OUTSIDE_CODE = later(r"(`+)(?:(?!\1).)*?\1|(\\\|)|(\|)")
_LONG_ROW = 10_000
_DEEP = " " * 40
_MOST_UNCLOSED = 10


@slotted
class _OpenItem:
    """An item that may still grow: by lazy lines, and by nested items."""

    text: str
    line: int
    indent: int
    done: bool | None
    children: list[_OpenItem] = field(default_factory=list)

    def closed(self) -> Item:
        return Item(Text(self.text, self.line), self.done, tuple(map(_OpenItem.closed, self.children)))


@slotted
class HeadedBlocks:
    """A heading with the blocks up to the next heading of any level. Level 0 is what stands before the first one."""

    title: Text
    level: int
    line: int
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def begin(self) -> int:
        """The index, among the document's lines, of the first line after the heading."""
        return self.line if self.level else 0

    @property
    def end(self) -> int:
        """The index of the line after the last one."""
        return self.begin + len(self.lines)

    @property
    def markdown(self) -> str:
        """The section's Markdown, without its heading."""
        return "\n".join(self.lines).strip("\n")


def sections(lines: Sequence[str], path: str, findings: list[Finding]) -> list[HeadedBlocks]:
    """Return the document's headed sections in order, each cut into blocks."""
    found = [HeadedBlocks(Text(""), 0, 1)]
    unclosed = _gather(lines, 0, found)
    for _ in range(_MOST_UNCLOSED):
        if unclosed is None:
            break
        findings.append(messages.FENCE_UNCLOSED.at(Place(path, unclosed + 1)))
        del found[next(index for index, section in enumerate(found) if section.end > unclosed) + 1 :]
        found[-1].lines[unclosed - found[-1].begin :] = [lines[unclosed]]
        unclosed = _gather(lines, unclosed + 1, found)
    for section in found:
        section.blocks = _blocks(section.lines, section.begin + 1, path, findings)
    return found


def _gather(lines: Sequence[str], start: int, found: list[HeadedBlocks]) -> int | None:
    """Put lines into sections, new ones where headings are; return where a code fence opens that nothing closes."""
    fence, opened = "", 0
    for index in range(start, len(lines)):
        line = lines[index]
        if not fence and not line.isascii():
            line = plain_structure(line, found[-1].lines[-1] if found[-1].lines else "")
        before, fence = fence, _fence_after(line, fence)
        opened = index if fence and not before else opened
        if "#" in line and not fence and not before and (heading := _HEADING.match(line)):
            marks, title = heading[1] or heading[3], heading[2] or heading[4] or ""
            found.append(HeadedBlocks(_heading_text(title, index + 1), len(marks), index + 1))
        elif not fence and _underlines(line, found[-1].lines):
            title = found[-1].lines.pop()
            found.append(HeadedBlocks(_heading_text(title, index), 1 if line[0] == "=" else 2, index, [""]))
        else:
            found[-1].lines.append(line)
    return opened if fence else None


def _underlines(line: str, lines: list[str]) -> bool:
    """Say whether a line makes a heading of the one before it, which must be a paragraph of its own."""
    if line[:1] not in ("=", "-") or not _SETEXT.match(line):
        return False
    if not lines or not lines[-1].strip() or (len(lines) > 1 and lines[-2].strip()):
        return False
    return (
        not _ITEM.match(lines[-1])
        and not lines[-1].startswith(("    ", "\t"))
        and not lines[-1].lstrip().startswith(("|", ">", "`", "<", "-", "="))
    )


def _heading_text(text: str, line: int) -> Text:
    return Text(_CLOSING_HASHES.sub("", seen(text).strip()).strip(), line)


def _fence_after(line: str, fence: str) -> str:
    """Return the code fence that is open after a line: its marker, or an empty string."""
    if ("```" not in line and "~~~" not in line) or not (mark := _FENCE.match(line)):
        return fence
    if not fence:
        return mark[1]
    closes = mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not line.strip(" \t`~")
    return "" if closes else fence


def _is_rule(line: str) -> bool:
    return line.rstrip().endswith(("-", "*", "_")) and bool(_RULE.match(line))


def _blocks(lines: list[str], first: int, path: str, findings: list[Finding]) -> list[Block]:
    blocks: list[Block] = []
    tails: dict[int, list[tuple[Text, ...]]] = {}
    index = 0
    while (index := _next_text(lines, index)) < len(lines):
        line = first + index
        if _is_table(lines, index):
            end = _table_end(lines, index)
            blocks.append(_table(lines[index:end], line, path, findings))
        elif blocks and isinstance(table := blocks[-1], Table) and lines[index].lstrip().startswith("|"):
            end = _table_end(lines, index)
            findings.append(messages.TABLE_CUT.at(Place(path, line)))
            rows = _rows(lines[index:end], line, len(table.header), path, findings, barred=True)
            tails.setdefault(len(blocks) - 1, []).extend(rows)
        elif _ITEM.match(lines[index]) and not _is_rule(lines[index]):
            end = _list_end(lines, index)
            blocks += _lists(lines[index:end], line)
        else:
            end = _prose_end(lines, index)
            blocks.append(Prose(line, "\n".join(lines[index:end])))
        index = end
    return [_with_tail(block, tails.get(number, [])) for number, block in enumerate(blocks)]


def _with_tail(block: Block, rows: list[tuple[Text, ...]]) -> Block:
    return replace(block, rows=(*block.rows, *rows)) if rows and isinstance(block, Table) else block


def _is_table(lines: list[str], index: int) -> bool:
    return (
        "|" in lines[index]
        and index + 1 < len(lines)
        and "|" in lines[index + 1]
        and bool(_DELIMITER.match(lines[index + 1]))
        and not _FENCE.match(lines[index])
    )


def _table_end(lines: list[str], index: int) -> int:
    while index < len(lines) and lines[index].strip() and not _FENCE.match(lines[index]):
        if _ITEM.match(lines[index]) and "|" not in lines[index]:
            return index
        index += 1
    return index


def _table(lines: list[str], line: int, path: str, findings: list[Finding]) -> Table:
    header = tuple(_cells(lines[0], line))
    barred = lines[0].rstrip().endswith("|")
    return Table(line, header, tuple(_rows(lines[2:], line + 2, len(header), path, findings, barred=barred)))


def _rows(
    lines: list[str], line: int, width: int, path: str, findings: list[Finding], *, barred: bool
) -> list[tuple[Text, ...]]:
    whole = _whole_rows(lines, line, path, findings) if barred else enumerate(lines, line)
    rows = []
    for number, text in whole:
        if _DELIMITER.match(text) and "-" in text:
            continue
        cells = _cells(text, number)
        if len(cells) > width and len(text) < _LONG_ROW:
            cells = _cells_outside_code(text, number)
        if len(cells) != width:
            count = f"{len(cells)} cell{'' if len(cells) == 1 else 's'}"
            findings.append(messages.ROW_CELLS.at(Place(path, number), found=count, expected=width))
        rows.append(tuple(_fitted(cells, width, number)))
    return rows


def _whole_rows(lines: list[str], line: int, path: str, findings: list[Finding]) -> Iterator[tuple[int, str]]:
    """Yield each row with its line; a row that lacks its closing bar takes the next line that opens with none."""
    pending: tuple[int, str] | None = None
    for number, text in enumerate(lines, line):
        if pending and not text.lstrip().startswith("|"):
            findings.append(messages.ROW_BROKEN.at(Place(path, pending[0])))
            pending = (pending[0], f"{pending[1].rstrip()} {text.strip()}")
        else:
            if pending:
                yield pending
            pending = (number, text)
        if pending[1].rstrip().endswith("|"):
            yield pending
            pending = None
    if pending:
        yield pending


def _fitted(cells: list[Text], width: int, line: int) -> list[Text]:
    if len(cells) > width:
        return [*cells[: width - 1], Text(" | ".join(cells[width - 1 :]), line)]
    return cells + [Text("", line)] * (width - len(cells))


def _cells(row: str, line: int) -> list[Text]:
    return [_cell(cell, line) for cell in _CELL_END.split(_without_outer_bars(row))]


def _cells_outside_code(row: str, line: int) -> list[Text]:
    text = _without_outer_bars(row)
    ends = [match.start() for match in _CELL_OUTSIDE_CODE.finditer(text) if match[3]]
    return [
        _cell(text[begin:end], line)
        for begin, end in zip([0, *(at + 1 for at in ends)], [*ends, len(text)], strict=True)
    ]


def _without_outer_bars(row: str) -> str:
    return row.strip().removeprefix("|").removesuffix("|")


def _cell(text: str, line: int) -> Text:
    return Text(text.strip().replace("\\|", "|"), line)


def _list_end(lines: list[str], index: int) -> int:
    """Return where the list ends: at a blank line that no item and no indented text follows, or at another block."""
    fence = ""
    while index < len(lines):
        text = lines[index]
        fence = _fence_after(text.lstrip(), fence)
        if not text.strip() and not fence:
            following = _next_text(lines, index)
            if following == len(lines) or not _belongs_to_list(lines[following]):
                return index
            index = following
            continue
        if not fence and (text.lstrip().startswith("|") or _is_rule(text)):
            return index
        index += 1
    return index


def _next_text(lines: list[str], index: int) -> int:
    """Return the index of the next line that is not blank, or the end."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _lists(lines: list[str], line: int) -> Iterator[Block]:
    """Yield the list; an item that holds code, or nests too deep, stands apart as prose."""
    if not any(map(_is_no_plain_text, lines)):
        yield _list(lines, line)
        return
    plain: list[str] = []
    begin = 0
    for start, end in _item_ranges(lines):
        if not any(map(_is_no_plain_text, lines[start:end])):
            begin = begin if plain else start
            plain += lines[start:end]
            continue
        if plain:
            yield _list(plain, line + begin)
            plain = []
        yield Prose(line + start, "\n".join(lines[start:end]).rstrip())
    if plain:
        yield _list(plain, line + begin)


def _belongs_to_list(line: str) -> bool:
    return bool(_ITEM.match(line)) or line.startswith(("  ", "\t"))


def _is_no_plain_text(line: str) -> bool:
    return "```" in line or "~~~" in line or line.startswith(_DEEP)


def _item_ranges(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each outermost item begins and ends."""
    first = _ITEM.match(lines[0])
    indent = len(first[1]) if first else 0
    start, fence = 0, ""
    for index, text in enumerate(lines):
        inside, fence = fence, _fence_after(text.lstrip(), fence)
        if index and not inside and (match := _ITEM.match(text)) and len(match[1]) < indent + 2:
            yield start, index
            start = index
    yield start, len(lines)


def _list(lines: list[str], line: int) -> Listing:
    top: list[_OpenItem] = []
    open_items: list[_OpenItem] = []
    for number, text in enumerate(lines, line):
        if not text.strip():
            continue
        if match := _ITEM.match(text.expandtabs(4)):
            item = _item(match[3] or "", len(match[1]), number)
            while open_items and item.indent < open_items[-1].indent + 2:
                open_items.pop()
            (open_items[-1].children if open_items else top).append(item)
            open_items.append(item)
        else:
            open_items[-1].text = f"{open_items[-1].text} {text.strip()}".strip()
    return Listing(line, tuple(item.closed() for item in top), lines[0].lstrip()[0].isdigit())


def _item(text: str, indent: int, line: int) -> _OpenItem:
    if box := _CHECKBOX.match(text):
        return _OpenItem(text[box.end() :].strip(), line, indent, done=box[1] != " ")
    return _OpenItem(text.strip(), line, indent, done=None)


def _prose_end(lines: list[str], index: int) -> int:
    """Return where the prose ends: at a blank line outside a code fence, or where a list or table begins."""
    begin, fence = index, ""
    while index < len(lines):
        text = lines[index]
        fence = _fence_after(text, fence)
        starts_other = index > begin and not fence and (_ITEM.match(text) or _is_table(lines, index))
        if not fence and (not text.strip() or (starts_other and not _is_rule(text))):
            return index
        index += 1
    return index
