"""Start the tool from the folder in which it lies; runs under the Python put into “python” beside it."""

import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent / "lib"
sys.path[:0] = [str(LIBRARY / part) for part in ("", "win32", "win32/lib", "pythonwin")]

if __name__ == "__main__":
    if sys.version_info[:2] != (3, 12):
        sys.exit("这里要用 Python 3.12（64 位）。请照“先读我”把它放到“python”文件夹。")
    from xltools.__main__ import main

    main()
