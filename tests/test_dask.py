"""A cluster's executor does the work as processes do: shown on a local Dask cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstmlint.runner import Options, check_paths

WRONG = """\
import keras
from keras.layers import LSTM
model = keras.Sequential([keras.Input((10, {n})), LSTM(8), LSTM(4)])
"""


def test_a_dask_cluster_says_what_one_process_says(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    paths = []
    for n in range(1, 7):
        path = tmp_path / f"model_{n}.py"
        path.write_text(WRONG.replace("{n}", str(n)))
        paths.append(str(path))
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = list(check_paths(paths, lambda _: Options(), executor=client.get_executor()))
    alone = list(check_paths(paths, lambda _: Options()))
    assert [(r.path, r.findings, r.trouble) for r in found] == [(r.path, r.findings, r.trouble) for r in alone]
    assert sum(len(r.findings) for r in found) == 6
