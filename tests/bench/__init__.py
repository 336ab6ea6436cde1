"""How fast lstmlint is, as ratios within one run: `python -m tests.bench --help`."""
