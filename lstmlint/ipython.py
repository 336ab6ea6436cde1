"""What IPython adds to Python - magics, shell lines, help requests - written as Python on the same rows and columns."""

from __future__ import annotations

import re

from .patterns import pattern

# Cell magics whose body is Python that runs in the notebook's own namespace.
_PYTHON_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug", "memit", "mprun", "heat", "wandb", "notify"})

_LINE_MAGIC = pattern(r"^([ \t]*)(%{1,2}|!{1,2}|\?{1,2})(?=[A-Za-z_!%./~$?{(\[\"'])(.*)$")
_TIMED = pattern(r"^([ \t]*)(%(?:time|timeit)[ \t]+)(?!-)(?=\S)")
_ONE_TARGET = r"[A-Za-z_]\w*(?:\.\w+|\[[^\]]*\])*"
_ASSIGNED = pattern(rf"^([ \t]*)((?:{_ONE_TARGET})(?:\s*,\s*{_ONE_TARGET})*)\s*=\s*([!%])(?!=)\s*\S")
_INSTALL = pattern(r"^([ \t]*)(?:pip3?|conda|mamba)[ \t]+(?:install|uninstall|list|show|freeze|download)\b")
_MOVED = pattern(r"^([ \t]*)%cd\b")
_HELP = pattern(r"^([ \t]*)[%!]*[A-Za-z_*][\w.*\[\]'\"()]*\?{1,2}[ \t]*;?[ \t]*(?:#.*)?$")
_TOKEN = pattern(r"\"\"\"|'''|['\"#()\[\]{}]")
_END_OF = {quote: pattern(rf"(?:\\.|(?!{quote})[^\\])*{quote}") for quote in ("'", '"', "'''", '"""')}


def translate(code: str) -> tuple[str, str | None]:
    """One cell's code as Python of as many lines, and why it was left out if it was."""
    lines = code.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and lines[first].startswith("%%"):
        words = lines[first][2:].split()
        if not _is_python(words):
            return blank(
                code
            ), f"%%{' '.join(words[:2]) if words[:1] == ['backend'] else ' '.join(words[:1])} is not Python here"
        lines[first] = ""
    result: list[str] = []
    state = _State()
    shell_goes_on = False
    for line in lines:
        if shell_goes_on:
            result.append("")
            shell_goes_on = _continued(line)
            continue
        if state.at_statement:
            replaced, runs_on = _replace(line)
            if replaced is not None:
                result.append(replaced)
                shell_goes_on = runs_on and _continued(line)
                state.read(replaced)
                continue
        state.read(line)
        result.append(line)
    return "\n".join(result), None


def blank(code: str) -> str:
    """As many lines with nothing on them."""
    return "\n" * len(re.findall(r"\r\n|\n|\r", code))


def _is_python(words: list[str]) -> bool:
    if words[:1] == ["backend"]:  # runs the cell only under the backend it names; ours is TensorFlow
        return "tensorflow" in words[1:]
    return bool(words) and words[0] in _PYTHON_MAGICS


def _continued(line: str) -> bool:
    return line.rstrip("\r").endswith("\\")


def _replace(line: str) -> tuple[str | None, bool]:
    """What stands for a line that only IPython understands (None for Python), and whether the original may run on."""
    timed = _TIMED.match(line)
    if timed:  # an empty statement as wide as the magic, so that columns stay
        indent, magic = timed.groups()
        return f"{indent}{'0;'.ljust(len(magic))}{line[timed.end() :]}", False
    assigned = _ASSIGNED.match(line)
    if assigned:
        indent, targets, mark = assigned.groups()
        call = "getoutput" if mark == "!" else "run_line_magic"
        return f"{indent}{targets} = get_ipython().{call}()", True
    moved = _MOVED.match(line)
    if moved:
        return f"{moved.group(1)}get_ipython().cd(__import__('os').chdir(''))", True
    magic_line = _LINE_MAGIC.match(line) or _HELP.match(line) or _INSTALL.match(line)
    if magic_line:
        return f"{magic_line.group(1)}get_ipython()", True
    return None, False


class _State:
    """Follows strings, brackets and backslashes to know whether a line starts a statement."""

    def __init__(self) -> None:
        self.quote: str | None = None
        self.depth = 0
        self.joined = False

    @property
    def at_statement(self) -> bool:
        return self.quote is None and self.depth == 0 and not self.joined

    def read(self, line: str) -> None:
        """Take in one line."""
        self.joined = False
        at = 0
        while at < len(line):
            if self.quote is not None:
                end = _END_OF[self.quote].match(line, at)
                if end is None:
                    break
                self.quote, at = None, end.end()
                continue
            match = _TOKEN.search(line, at)
            if match is None:
                break
            token, at = match.group(), match.end()
            if token == "#":
                return
            if token[0] in "'\"":
                self.quote = token
            elif token in "([{":
                self.depth += 1
            else:
                self.depth = max(self.depth - 1, 0)
        self.joined = _continued(line)
        if self.quote is not None and len(self.quote) == 1 and not self.joined:
            self.quote = None  # a string that ends with its line: broken code, reported elsewhere
