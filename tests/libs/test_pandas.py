"""Chains of pandas operations give the shape, columns and kind that real pandas gives, or unknown; never another."""

from __future__ import annotations

import random

import pytest

from lstmlint.interpret import follow
from lstmlint.source import Source
from lstmlint.syntax import parse
from lstmlint.values import Array

from .chains import Tally, compare, ours

pytest.importorskip("pandas")

SOURCES = [
    "pd.DataFrame({'a': [1, 2, 3, 4, 5, 6], 'b': [1.5, 2.5, None, 4.0, 5.0, 6.0], 'c': list('xyxyxz')})",
    "pd.DataFrame(np.arange(24.0).reshape(8, 3), columns=['a', 'b', 'c'])",
    "pd.DataFrame(np.arange(20).reshape(5, 4))",
    "pd.DataFrame({'a': np.arange(7), 'b': np.arange(7) % 2 == 0, 'd': np.linspace(0, 1, 7)})",
    "pd.DataFrame([[1, 2, 3], [4, 5, 6], [7, 8, 9]], columns=['b', 'a', 'd'])",
    "pd.DataFrame([{'a': 1, 'b': 2}, {'a': 3, 'c': 4}])",
    "pd.DataFrame(np.random.rand(6, 2), index=pd.date_range('2020', periods=6), columns=['a', 'b'])",
    "pd.Series([1.0, 2.0, 3.0, 4.0, 5.0], name='a')",
    "pd.Series(np.arange(6))",
    "pd.Series(list('abcab'))",
    "pd.read_csv(io.StringIO('a,b,c\\n1,2,x\\n3,4,y\\n5,6,z\\n7,8,x\\n'))",
    "pd.read_csv(io.StringIO('a,b,c\\n1,2,3\\n3,4,5\\n5,6,7\\n7,8,9\\n'), usecols=['a', 'b'])",
    "pd.read_csv(io.StringIO('1,2,3\\n3,4,5\\n5,6,7\\n'), names=['a', 'b', 'c'])",
    "pd.read_csv(io.StringIO('t,a,b\\n1,2,3\\n3,4,5\\n5,6,7\\n'), index_col='t')",
]
STEPS = [
    "x['a']", "x[['a', 'b']]", "x[['a']]", "x.values", "x.to_numpy()", "x.iloc[:, 0]", "x.iloc[:, 0:1]", "x.iloc[:, 1:2].values", "x.iloc[:, :-1]",
    "x.iloc[:, -1]", "x.iloc[1:4]", "x.iloc[0]", "x.iloc[-2:]", "x.iloc[:3, [0, 1]]", "x.iloc[[0, 2]]", "x.loc[:, 'a']", "x.loc[:, ['b', 'a']]",
    "x.loc[:, 'a':'b']", "x.loc[x['a'] > 2]", "x.loc[x['a'] > 2, 'b']", "x[x['a'] > 2]", "x[1:3]", "x[:-1]", "x.head(3)", "x.tail(2)", "x.head()",
    "x.drop('a', axis=1)", "x.drop(columns=['a'])", "x.drop(columns=['a', 'b'])", "x.drop(0)", "x.drop(x.index[0])", "x.dropna()", "x.fillna(0)",
    "x.shift(1)", "x.diff()", "x.rolling(2).mean()", "x.pct_change()", "x.cumsum()", "x.copy()", "x.sort_values('a')", "x.sort_index()",
    "x.reset_index()", "x.reset_index(drop=True)", "x.set_index('a')", "x.set_index(['a', 'b'])", "x.rename(columns={'a': 'z'})", "x.astype(float)",
    "x.astype('int32')", "x.mean()", "x.sum()", "x.max()", "x.mean(axis=1)", "x.std(numeric_only=True)", "x.isnull()", "x.isnull().sum()", "x.corr()",
    "x * 2", "x / 3.0", "x + x", "x - x.shift(1)", "x - x.mean()", "(x - x.min()) / (x.max() - x.min())", "x > 1", "-x", "x['a'] + x['b']", "x['a'] > 2",
    "x.assign(n=1)", "x.T", "pd.concat([x, x])", "pd.concat([x, x], axis=1)", "pd.concat([x.shift(1), x, x.shift(-1)], axis=1)",
    "pd.concat([x['a'], x['b']])", "pd.concat([x['a'], x['b']], axis=1)", "pd.concat([x, x.head(2)], axis=1)", "pd.get_dummies(x)",
    "pd.get_dummies(x['a'])", "pd.get_dummies(x['c'])", "x.columns", "x.columns.tolist()", "x.index", "x.unique()", "x.value_counts()", "x.nunique()",
    "x.apply(lambda v: v)", "x.apply(lambda v: 1)", "x.map(lambda v: v)", "x.str.lower()", "x.to_frame()", "x.sample(frac=1)", "x.sample(2)",
    "x.replace(1, 2)", "np.array(x)", "np.log(x)", "x.select_dtypes('number')", "x.duplicated()", "x.drop_duplicates()", "x[x.columns[0]]",
    "x[x.columns[1:]]", "x.describe()", "x.groupby('a').mean()", "x.merge(x, on='a')", "x.join(x.add_prefix('p_'))", "len(x)", "x.shape", "x.dtypes",
    "x.values.reshape(-1, 1)", "x.to_numpy().astype('float32')", "x.interpolate()", "x.add_suffix('_s')", "x.pop('a')", "x.clip(0, 3)", "x.abs()",
    "x.transpose()", "x.where(x > 1)", "x.mask(x > 1)", "x.quantile(0.5)", "x.median()", "x.query('a > 1')", "x.filter(items=['a'])", "x.ewm(span=2).mean()",
    "x.nlargest(2, 'a')", "x.any()", "x.count()", "pd.to_numeric(x['a'])", "pd.DataFrame(x)", "pd.DataFrame(x.values, columns=x.columns)", "pd.Series(x)",
    "x.loc[:, x.columns != 'a']", "x.loc[x['a'] > 2, x.columns != 'a']", "x[x.columns[x.columns != 'a']]", "x.loc[[0, 2]]", "x.loc[x.index[1:3]]",
    "x[[n for n in x.columns if n != 'a']]", "x[np.array(['a', 'b'])]", "x[x.columns.values]", "x.loc[[0, 1], ['a']]", "x.loc[[True] * len(x)]",
    "x.squeeze()", "x.round(1)", "x.a", "x.b.values", "x.cumprod()", "x.agg('mean')", "x.columns.drop('a')", "x.columns.difference(['b'])", "x.idxmax()",
]  # fmt: skip
CHANGES = [
    "x['n'] = 1", "x['a'] = x['a'] * 2", "x['m'] = x['a'].shift(1)", "x['a'] = x['b']", "x.columns = [str(i) for i in range(x.shape[1])]",
    "x.dropna(inplace=True)", "x.drop('b', axis=1, inplace=True)", "x.drop(columns='a', inplace=True)", "del x['a']", "x.reset_index(inplace=True)",
    "x.reset_index(drop=True, inplace=True)", "x.set_index('a', inplace=True)", "x.index = range(len(x))", "x[['p', 'q']] = 0", "x.insert(0, 'first', 5)",
    "x.loc[0, 'a'] = 9", "x.loc[len(x)] = 0", "x.iloc[0] = 1", "x.fillna(0, inplace=True)", "x.rename(columns={'a': 'r'}, inplace=True)",
    "x.sort_values('a', inplace=True)", "y = x.pop('b')", "x['d'] = x.index", "x[x > 2] = 0", "x.loc[x['a'] > 2, 'a'] = 0", "x['s'] = list(range(len(x)))",
    "x = x.copy()\nx['a'] = 'text'", "x.a = 5", "x.columns = ['k', 'l', 'm']", "x.drop(x.columns[0], axis=1, inplace=True)",
]  # fmt: skip


def chains(seed: int, count: int) -> Tally:
    choose, tally = random.Random(seed), Tally()
    for _ in range(count):
        lines = ["import io", "import numpy as np", "import pandas as pd", f"x = {choose.choice(SOURCES)}"]
        for _ in range(choose.randint(1, 4)):
            lines.append(choose.choice(CHANGES) if choose.random() < 0.3 else f"x = {choose.choice(STEPS)}")
        compare("\n".join(lines), tally)
    return tally


@pytest.mark.parametrize("seed", range(2))
def test_chains_of_operations_never_differ_from_pandas(seed: int) -> None:
    tally = chains(seed, 300)
    assert not tally.wrong, "\n".join(tally.wrong[:10])
    assert tally.ran > 100
    assert tally.unknown <= 0.45 * tally.ran, "\n\n".join(tally.unknown_programs[:10])


def test_the_frame_of_a_forecast_has_its_columns() -> None:
    tally = Tally()
    program = """
import numpy as np
import pandas as pd
def series_to_supervised(data, n_in=1, n_out=1):
    df = pd.DataFrame(data)
    cols, names = [], []
    for i in range(n_in, 0, -1):
        cols.append(df.shift(i))
        names += [('var%d(t-%d)' % (j + 1, i)) for j in range(df.shape[1])]
    for i in range(0, n_out):
        cols.append(df.shift(-i))
        names += [('var%d(t+%d)' % (j + 1, i)) for j in range(df.shape[1])]
    agg = pd.concat(cols, axis=1)
    agg.columns = names
    return agg
x = series_to_supervised(np.random.rand(50, 4), 3, 2)
"""
    compare(program, tally)
    compare(program + "x.dropna(inplace=True)\nx = x.values[:, :12].reshape((-1, 3, 4))[0]\n", tally)
    assert not tally.wrong
    assert not tally.unknown


def test_a_table_of_a_class_of_its_own_can_be_calculated_with() -> None:
    text = "import pandas as pd\nclass Table(pd.DataFrame):\n    pass\nx = Table({'a': [1, 2]})\ny = x * 2\nz = x + x\nw = x['a'] > 1\n"
    program = follow(parse(Source("table.py", text)))
    assert not [gap.reason for gap in program.gaps if "please report" in gap.reason]


@pytest.mark.parametrize(
    "chosen",
    [
        "df.loc[:, df.columns != 'a']", "df[df.columns[df.columns != 'a']]", "df.loc[df['a'] > 1, df.columns != 'a']", "df.loc[[1, 2]]", "df.loc[df.index[1:3]]",
        "df[list(set(df.columns) - {'a'})]", "MinMaxScaler().fit_transform(read())", "StandardScaler().fit(df).transform(read())", "PCA().fit_transform(read())",
    ],
)  # fmt: skip
def test_what_is_a_table_in_any_case_has_two_axes(chosen: str) -> None:
    text = (
        "import pandas as pd\nfrom elsewhere import read\nfrom sklearn.decomposition import PCA\nfrom sklearn.preprocessing import MinMaxScaler, StandardScaler\n"
        f"df = pd.read_csv('data.csv')\nx = {chosen}\n"
    )
    value, _ = ours(text)
    assert isinstance(value, Array)
    assert value.shape.rank == 2
