"""A PC where only the core's packages are installed: every command is listed, one that needs more says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

BARE = """
import sys
for name in ("django", "docx", "jpholiday", "matplotlib_fontja", "numpy_financial", "pandas", "paho", "pvlib",
             "pyarrow", "pypandoc", "typst"):
    sys.modules[name] = None
sys.argv[0] = "kotsukotsu"
from kotsukotsu.cli.main import main
main()
"""


def bare(*words):
    """The command in a process of its own that finds no package of an extra."""
    command = [sys.executable, "-c", BARE, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_list_of_commands_needs_no_extra():
    done = bare("--help")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in ("inventory", "publish", "facility-sheets", "energy", "serve"))


@pytest.mark.parametrize(
    ("words", "extra"),
    [(["publish", "somewhere", "--fy", "2024"], "documents"), (["facility-sheets"], "documents"),
     (["energy", "bill", "somewhere"], "energy"), (["serve"], "web")],
)  # fmt: skip
def test_a_command_without_its_packages_says_which_extra_to_install(words, extra):
    done = bare(*words)
    assert done.returncode == 2
    assert f"pip install '.[{extra}]'" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
