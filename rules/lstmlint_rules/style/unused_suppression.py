"""A comment that silences nothing.

What it does: finds `# lstmlint: ignore`, `ignore-file`, `off`, and codes of ours in `# noqa`, that no finding needs any more.

Why is this bad: the comment says that something is wrong there which isn't, and it would hide the next mistake on that line.

Example:

    model.add(LSTM(32, return_sequences=True))  # lstmlint: ignore[missing-return-sequences]

Use instead:

    model.add(LSTM(32, return_sequences=True))

Fix safety: safe. Only the comment changes.

References: https://github.com/lstmlint/lstmlint/blob/main/docs/suppression.md
"""

from __future__ import annotations

from collections.abc import Iterator

from lstmlint.diagnostic import Edit, Suppression
from lstmlint.edits import safe_fix
from lstmlint.rule import Finding, Severity, find_rule, review

BAD = [
    """
import keras
model = keras.Sequential([keras.Input((8, 2)), keras.layers.LSTM(4)])  # lstmlint: ignore[missing-return-sequences]
""",
    """
import keras
# lstmlint: off
model = keras.Sequential([keras.Input((8, 2)), keras.layers.LSTM(4)])
# lstmlint: on
""",
    """
import keras
model = keras.Sequential([keras.Input((8, 2)), keras.layers.LSTM(4)])  # noqa: E501, RNN002
""",
]
GOOD = [
    """
import keras
from keras.layers import Dense
model = keras.Sequential([keras.Input((8,)), Dense(1, activation="softmax")])  # lstmlint: ignore[softmax-on-one-unit]
""",
    """
import keras
from keras.layers import Dense
# lstmlint: off
model = keras.Sequential([keras.Input((8,)), Dense(1, activation="softmax")])
# lstmlint: on
x = 1  # noqa: E501
""",
]


@review("STY901", "unused-suppression", Severity.WARNING)
def unused_suppression(suppressions: tuple[Suppression, ...]) -> Iterator[Finding]:
    for comment in suppressions:
        if comment.kind == "on" or not comment.known:
            continue
        ours = [n for n in comment.names or () if find_rule(n.name) is not None]
        idle = [n for n in ours if not n.used]
        if comment.names is None:
            if comment.silenced or comment.kind == "noqa":
                continue
            message = f"`{comment.written}` silences nothing: no finding is there. Take the comment away."
        elif idle:
            names = " and ".join(n.name for n in idle)
            message = f"`{names}` is not found here, so the comment silences nothing{' by it' if len(idle) < len(comment.names) else ''}. Take it away."
        else:
            continue
        if comment.names is None or len(idle) == len(comment.names):
            edits = [Edit(comment.removal, "")]
        else:
            edits = [Edit(n.removal, "") for n in idle[:1]]
        yield Finding(comment.span, message, fix=safe_fix("Take the comment away.", *edits))
