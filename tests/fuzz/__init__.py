"""Programs that nobody would write, to see that nothing of lstmlint breaks on them: `python -m tests.fuzz --help`."""
