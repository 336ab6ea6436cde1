"""`python -m lstmlint` is the command `lstmlint`."""

from lstmlint.cli import process

if __name__ == "__main__":
    process()
