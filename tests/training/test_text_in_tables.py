"""Columns of text in a DataFrame: Keras has no number for them, in the frame, in its array, or as labels."""

from __future__ import annotations

import pytest

from lstmlint.packs import load_pack
from lstmlint.runner import check_source
from tests import oracle

load_pack("lstmlint_rules")
pytestmark = pytest.mark.keras

HEAD = """
import keras
import numpy as np
import pandas as pd
from keras.layers import *
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder, StandardScaler
df = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [1, 2, 3, 4], "c": ["x", "y", "x", "z"], "d": ["p", "q", "q", "p"]})
y = np.zeros(4)
def fit(x, y=y, of=MODEL):
    model = keras.Sequential(of)
    model.compile("sgd", "mse")
    model.fit(x, y, verbose=0)
"""
PROGRAMS = """
fit(df)
fit(df.values)
fit(df[["a", "b"]])
fit(df[["a", "b"]].values)
fit(df.iloc[:, :2])
fit(df.values[:, :2])
fit(df.values[:, :2].astype("float32"))
fit(df.drop(columns=["c", "d"]))
fit(df.drop(columns=["c"]))
fit(df[["a", "b"]], df["c"])
fit(df[["a", "b"]], df["c"].values)
fit(df[["a", "b"]], LabelEncoder().fit_transform(df["c"]))
fit(df[["a", "b"]], pd.factorize(df["c"])[0])
fit(df[["a", "b"]], pd.get_dummies(df["c"]).astype(float))
fit(df.dropna()); fit(df.head(3), y[:3])
df["c"] = LabelEncoder().fit_transform(df["c"]); fit(df)
df["c"] = LabelEncoder().fit_transform(df["c"]); df["d"] = df["d"].map({"p": 0, "q": 1}); fit(df)
for name in ["c", "d"]: df[name] = LabelEncoder().fit_transform(df[name])
for name in df.columns: df[name] = LabelEncoder().fit_transform(df[name])
del df["c"]; df.pop("d"); fit(df)
fit(df.select_dtypes("number"))
fit(StandardScaler().fit_transform(df[["a", "b"]]))
train, test = train_test_split(df, test_size=0.5); fit(train, y[:2])
train, test = train_test_split(df.values, test_size=0.5); fit(train, y[:2])
x = df.values; x[:, 2] = 1; fit(x[:, :3])
x = df.values; fit(x.astype("O")[:, :2])
df["c"] = df["a"]; df["d"] = 0; fit(df)
df.loc[:, "c"] = 1; fit(df[["a", "b"]])
df = df.replace({"x": 1, "y": 2, "z": 3, "p": 0, "q": 1}); fit(df.astype(float))
df = df.assign(c=1, d=2); fit(df)
fit(df.rename(columns={"c": "k"}))
fit(df.set_index("c").drop(columns="d"))
fit(df[df["c"] == "x"], y[:2])
fit(df["a"]); fit(df["b"].values)
fit(np.array(df)); fit(np.asarray(df)[:, :2])
fit(df.T)
fit(pd.concat([df, df]), np.zeros(8))
fit(df.to_numpy(dtype="float32"))
""".strip().split("\n")  # fmt: skip
MODELS = ["[Dense(3), Dense(1)]", "[keras.Input((4,)), Dense(1)]"]


NOT_TOLD = {
    'df.loc[:, "c"] = 1; fit(df[["a", "b"]])',  # which pandas itself refuses
    'fit(df.rename(columns={"c": "k"}))',
    "fit(df.T)",
    "fit(pd.concat([df, df]), np.zeros(8))",
    'fit(df.to_numpy(dtype="float32"))',
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_keras_agrees(program: str, model: str) -> None:
    whole = f"{HEAD.replace('MODEL', model)}{program}\n"
    errors = [f.code for f in check_source(whole) if f.severity.value == "error"]
    raised = oracle.ask(whole).raised
    if model == MODELS[0]:
        assert bool(errors) == (raised is not None and program not in NOT_TOLD)
    assert not errors or raised


TOLD = {
    "fit(df)": "`df` holds text in `c`, `d`, and ",
    "fit(df.values)": "`df` holds text in `c`, `d`, and ",
    "fit(df.values[:, :2])": "The data holds Python objects, and ",
    "fit(df[['a', 'b']], df['c'])": "The targets hold Python objects, and ",
    "fit(df.drop(columns=['c']))": "The data holds text in `d`, and ",
}


@pytest.mark.parametrize("call", TOLD)
def test_it_is_said_which_columns_hold_text(call: str) -> None:
    (finding,) = check_source(f"{HEAD.replace('MODEL', MODELS[0])}{call}\n")
    assert finding.code == "DAT011"
    assert finding.message.startswith(TOLD[call])
