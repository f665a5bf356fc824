"""Start the tool from the folder in which it lies; runs under the Python put into “python” beside it."""

import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent / "lib"
sys.path[:0] = [str(LIBRARY / part) for part in ("", "win32", "win32/lib", "pythonwin")]

if __name__ == "__main__":
    from xltools.__main__ import main

    main()
