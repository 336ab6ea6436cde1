"""What scikit-learn gives has the shape and kind that it really has, or they are unknown; what it refuses is refused for the same reason."""

from __future__ import annotations

import random

import pytest

from .chains import Tally, compare

pytest.importorskip("sklearn")

HEAD = """import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, TimeSeriesSplit, train_test_split
from sklearn.preprocessing import *
from sklearn.utils import shuffle
"""
TABLES = [
    "np.random.rand(23, 4)", "np.random.rand(40, 1)", "np.arange(30.0).reshape(10, 3)", "np.random.rand(17)", "np.zeros((6, 3, 2))",
    "pd.DataFrame(np.random.rand(12, 3), columns=['a', 'b', 'c'])", "pd.Series(np.arange(9.0))", "np.random.randint(0, 3, size=(20, 2))",
    "datasets.load_iris().data", "datasets.make_regression(30, 5)[0]", "[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]",
    "pd.DataFrame({'a': [1.0, 2, 3, 4], 'b': [5.0, 6, 7, 9]})",
]  # fmt: skip
LABELS = [
    "np.array([0, 1, 2, 1, 0, 2])", "np.array(['x', 'y', 'z', 'x'])", "['x', 'y', 'x', 'y']", "np.random.randint(0, 4, size=(25,))", "[0, 1, 1, 0, 1]",
    "np.array([[1], [2], [3], [1]])", "pd.Series(list('abcab'))", "np.array([['x'], ['y'], ['z']])", "datasets.load_iris().target", "np.zeros((4, 2))",
]  # fmt: skip
ON_TABLES = [
    "StandardScaler().fit_transform(x)", "MinMaxScaler(feature_range=(-1, 1)).fit_transform(x)", "MinMaxScaler((0, 1)).fit(x).transform(x)",
    "RobustScaler().fit_transform(x)", "MaxAbsScaler().fit_transform(x)", "Normalizer().fit_transform(x)", "PCA(n_components=2).fit_transform(x)",
    "PCA().fit_transform(x)", "TruncatedSVD(1).fit_transform(x)", "SimpleImputer().fit_transform(x)", "StandardScaler().fit(x[:, :1]).transform(x)",
    "train_test_split(x, test_size=0.3)", "train_test_split(x, x, train_size=0.7, shuffle=False)", "train_test_split(x, test_size=4)[1]", "train_test_split(x)",
    "train_test_split(x, random_state=0)[0]", "train_test_split(x, x[:-1])", "shuffle(x)", "shuffle(x, x, n_samples=3)", "[t for t, _ in KFold(3).split(x)][0]",
    "len(list(TimeSeriesSplit(n_splits=4).split(x)))", "[x[t] for t, v in KFold(2).split(x)][0]", "scale(x)", "minmax_scale(x)", "normalize(x)",
    "s.fit_transform(x)", "s.inverse_transform(x)", "s.transform(x)", "s.fit(x).transform(x[:3])", "s.fit_transform(x)[:, 0]", "s.inverse_transform(x[:, :1])",
    "s.inverse_transform(np.concatenate([x, x], axis=1))", "x.reshape(-1, 1)", "x[:, 0]", "x[:5]", "s.fit(x).scale_", "np.array(x)",
    "OrdinalEncoder().fit_transform(x)", "train_test_split(list(x), test_size=0.5)[1]",
]  # fmt: skip
ON_LABELS = [
    "LabelEncoder().fit_transform(x)", "LabelBinarizer().fit_transform(x)", "OneHotEncoder().fit_transform(x).toarray()",
    "OneHotEncoder(sparse_output=False).fit_transform(x)", "OneHotEncoder(sparse_output=False).fit_transform(np.array(x).reshape(-1, 1))",
    "LabelEncoder().fit(x).transform(x)", "LabelEncoder().fit(x).classes_", "LabelBinarizer().fit(x).transform(x[:3])", "x[:3]", "np.array(x).reshape(-1, 1)",
    "train_test_split(x, test_size=0.4)[0]", "OneHotEncoder().fit(np.array(x).reshape(-1, 1)).transform(np.array(x).reshape(-1, 1)).toarray()",
    "MultiLabelBinarizer().fit_transform([[1, 2], [3]])", "OrdinalEncoder().fit_transform(np.array(x).reshape(-1, 1))",
]  # fmt: skip
GENERATED = [
    "datasets.make_classification(n_samples=30, n_features=6)", "datasets.make_classification(20, 8, n_classes=2)", "datasets.make_regression(25, 3)",
    "datasets.make_regression(n_samples=10, n_features=4, n_targets=2)", "datasets.make_moons(50, noise=0.1)", "datasets.make_circles(n_samples=12)",
    "datasets.make_blobs(n_samples=40, centers=4, n_features=3)", "datasets.make_blobs(10)", "datasets.make_s_curve(11)", "datasets.make_swiss_roll(9)",
    "datasets.make_multilabel_classification(8)", "datasets.load_iris(return_X_y=True)", "datasets.load_digits().images", "datasets.load_wine().data",
    "datasets.load_breast_cancer().target", "datasets.load_diabetes(return_X_y=True)", "datasets.load_iris(as_frame=True).data",
    "datasets.make_friedman1(15)", "datasets.make_gaussian_quantiles(n_samples=20, n_features=3)",
]  # fmt: skip


def chains(seed: int, count: int) -> Tally:
    choose, tally = random.Random(seed), Tally()
    for _ in range(count):
        labels = choose.random() < 0.3
        lines = [
            HEAD + f"s = {choose.choice(['MinMaxScaler', 'StandardScaler'])}()",
            f"x = {choose.choice(LABELS if labels else TABLES)}",
        ]
        lines += [f"x = {choose.choice(ON_LABELS if labels else ON_TABLES)}" for _ in range(choose.randint(1, 3))]
        compare("\n".join(lines), tally)
    return tally


def test_chains_of_operations_never_differ_from_scikit_learn() -> None:
    tally = chains(5, 300)
    assert not tally.wrong, "\n".join(tally.wrong[:10])
    assert tally.ran > 100
    assert tally.unknown <= 0.35 * tally.ran, "\n\n".join(tally.unknown_programs[:10])


def test_data_sets_have_their_shapes() -> None:
    tally = Tally()
    for source in GENERATED:
        compare(f"{HEAD}x = {source}", tally)
    assert not tally.wrong, "\n".join(tally.wrong)
    assert not tally.unknown, "\n".join(tally.unknown_programs)
    assert not tally.raised
