"""A comment to lstmlint that names no rule, or says a word that it doesn't know.

What it does: reads every `# lstmlint:` comment and says which of its words mean nothing, with what was probably meant.

Why is this bad: the comment looks as if it silenced a finding, and does not.

Example:

    model.add(LSTM(10))  # lstmlint: ignore[missing-return-sequence]

Use instead:

    model.add(LSTM(10))  # lstmlint: ignore[missing-return-sequences]

Fix safety: safe. Only the comment changes.

References: https://github.com/lstmlint/lstmlint/blob/main/docs/suppression.md
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from lstmlint.diagnostic import Edit, Suppression
from lstmlint.edits import safe_fix
from lstmlint.rule import Finding, Severity, review, unknown_selector

BAD = [
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Activation("softmax")])  # lstmlint: ignore[softmax-twices]
""",
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Activation("softmax")])  # lstmlint: ingore[OUT006]
""",
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Activation("softmax")])  # lstmlint: ignore OUT006
""",
]
GOOD = [
    """
import keras
from keras.layers import Activation, Dense
model = keras.Sequential([keras.Input((4,)), Dense(3, activation="softmax"), Activation("softmax")])  # lstmlint: ignore[OUT006]
""",
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(1, activation="sigmoid")])  # noqa: E501, XYZ123
""",
]
DIRECTIVES = ("ignore", "ignore-file", "off", "on")


@review("STY902", "unknown-suppression", Severity.WARNING)
def unknown_suppression(suppressions: tuple[Suppression, ...]) -> Iterator[Finding]:
    for comment in suppressions:
        if comment.kind == "noqa":
            continue
        if not comment.known:
            near = difflib.get_close_matches(comment.kind, DIRECTIVES, 1)
            at = comment.written.lower().index(comment.kind)
            fixed = f"{comment.written[:at]}{near[0]}{comment.written[at + len(comment.kind) :]}" if near else ""
            yield Finding(
                comment.span,
                f"`{comment.kind}` is no word that lstmlint knows in a comment (there are {', '.join(DIRECTIVES)}), so this silences nothing. "
                + (f"Probably `{near[0]}` is meant." if near else "Take the comment away."),
                fix=safe_fix(f"Write `{near[0]}`.", Edit(comment.span, fixed)) if near else None,
            )
            continue
        for name in comment.names or ():
            wrong = unknown_selector(name.name)
            if wrong is not None:
                near = [wrong.partition("did you mean '")[2].rstrip("?')")] if "did you mean" in wrong else []
                yield Finding(
                    name.span,
                    f"This comment silences nothing: {wrong}.",
                    fix=safe_fix(f"Write `{near[0]}`.", Edit(name.span, near[0])) if near else None,
                )
            elif comment.unbracketed:
                yield Finding(
                    name.span,
                    f"Rules are named in brackets, so that words that only explain are none. Write `{comment.kind}[{name.name}]`.",
                    fix=safe_fix(f"Write `{comment.kind}[{name.name}]`.", Edit(name.span, f"[{name.name}]")),
                )
