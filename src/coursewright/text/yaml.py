"""Reads YAML, whatever may be wrong with it: plain values only, and no more of them than a person would write."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from coursewright.text.patterns import later

if TYPE_CHECKING:
    import yaml

MAX_VALUES = 50_000
MAX_DEPTH = 64
_PLAIN = later(r"[A-Za-z](?:[\w,.()/&*!?;$%+'\"=~@<>|–—’“”…-]|[ ](?=[\w,.()/&*!?;$%+'\"=~@<>|–—’“”…-]))*")
_NO_TEXTS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_LIKE_A_NUMBER = later(r"[-+.\d~<]")
# Only what everybody reads so: `no` is a word, `1:30` a time, `2024-01-01` a text.
_WORDS = (
    ("bool", later(r"(?:true|True|TRUE|false|False|FALSE)$"), "tTfF"),
    ("int", later(r"[-+]?(?:0|[1-9][0-9]{0,300})$"), "-+0123456789"),
    ("float", later(r"[-+]?[0-9]{1,300}\.[0-9]{0,300}(?:[eE][-+]?[0-9]{1,3})?$"), "-+0123456789"),
    ("null", later(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    ("merge", later(r"<<$"), "<"),
)


class YamlError(Exception):
    """A text cannot be read as YAML: `reason` says why, `line` where, counted from 1 (0 where none is known)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"{line}: {reason}" if line else reason)
        self.reason, self.line = reason, line


def read_yaml(text: str) -> Any:
    """Return the value of a text in YAML as plain values; unknown tags are ignored. Raises YamlError."""
    import yaml  # 15 ms to import, and not every command reads YAML

    try:
        loader = _loader()(text)
        try:
            return _bounded(loader.get_single_data())
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(error.problem or "it cannot be read", mark.line + 1 if mark else 0) from error
    except yaml.reader.ReaderError as error:
        raise YamlError("it contains characters that YAML does not allow", _line_at(text, error)) from error
    except RecursionError as error:
        raise YamlError("it nests too deep") from error
    except (yaml.YAMLError, ValueError, TypeError) as error:  # TypeError: a key that is a list
        raise YamlError(f"it cannot be read: {error}".splitlines()[0]) from error


def write_yaml(value: Any) -> str:
    """Return plain values as YAML that reads back the same: texts of several lines as they are, keys in their order."""
    if isinstance(value, dict) and value:
        return "".join(_entry(key, one) for key, one in value.items())
    return _dumped(value)


def _entry(key: Any, value: Any) -> str:
    """Return a key with its value; what is plain needs none of PyYAML's care, which is slow."""
    if isinstance(key, str) and _PLAIN.fullmatch(key) and key.lower() not in _NO_TEXTS:
        if type(value) is int or _is_plain(value):
            return f"{key}: {value}\n"
        if type(value) is list and value and all(type(one) is dict and one for one in value):
            return f"{key}:\n" + "".join(map(_item, value))
    return _dumped({key: value})


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and bool(_PLAIN.fullmatch(value)) and value.lower() not in _NO_TEXTS


def _item(value: dict[Any, Any]) -> str:
    """Return an entry of a list that has keys of its own."""
    first, *others = write_yaml(value).splitlines(keepends=True)
    return f"- {first}" + "".join(f"  {line}" if line.strip() else line for line in others)


def _dumped(value: Any) -> str:
    import yaml

    return yaml.dump(value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=1_000_000)


@cache
def _dumper() -> type[Any]:
    """Return the dumper: PyYAML's safe one, with quotes around whatever looks like a number."""
    import yaml

    class PlainDumper(yaml.SafeDumper):
        """PyYAML's safe dumper."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: Any, value: str) -> Any:
        is_block = "\n" in value and value == value.strip()  # else how deep it stands would have to be told
        is_odd = _LIKE_A_NUMBER.match(value) or not value.isprintable()
        style = "|" if is_block else '"' if is_odd else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style=style)

    PlainDumper.add_multi_representer(str, text)
    PlainDumper.add_representer(str, text)
    return PlainDumper


def _line_at(text: str, error: yaml.reader.ReaderError) -> int:
    place = error.position if isinstance(error.position, int) else 0
    return text.count("\n", 0, place) + 1


def _bounded(value: Any) -> Any:
    """Return a value that is of a bearable size, aliases counted as often as they are used."""
    waiting, count = [(0, value)], 0
    while waiting:
        depth, one = waiting.pop()
        count += 1
        if max(count, len(waiting)) > MAX_VALUES or depth > MAX_DEPTH:
            raise YamlError("it is too large or nests too deep")
        inside = (*one.keys(), *one.values()) if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(depth + 1, each) for each in inside]
    return value


@cache
def _loader() -> type[Any]:
    """Return the loader: PyYAML's safe one, which knows no tags but those of plain values."""
    import yaml

    class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """PyYAML's safe loader, in C where there is one."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own

    for name, pattern, starts in _WORDS:
        PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", pattern, list(starts))
    PlainLoader.add_multi_constructor("", _untagged)
    PlainLoader.add_constructor(None, _plain)
    for name in ("binary", "timestamp", "omap", "pairs", "set"):
        PlainLoader.add_constructor(f"tag:yaml.org,2002:{name}", _plain)
    return PlainLoader


def _untagged(loader: Any, _suffix: str, node: Any) -> Any:
    return _plain(loader, node)


def _plain(loader: Any, node: Any) -> Any:
    """Return what a node holds as if it had no tag."""
    kind = node.id
    if kind == "mapping":
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node, deep=True) if kind == "sequence" else loader.construct_scalar(node)
