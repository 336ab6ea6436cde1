"""`python -m lstmlint` is the command `lstmlint`."""

import sys

from lstmlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
