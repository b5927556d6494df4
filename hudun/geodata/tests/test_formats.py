"""What GDAL may open."""

import subprocess
import sys

from hudun.geodata import ALLOWED


def test_gdal_knows_the_allowed_formats_and_no_other() -> None:
    """In a process like the planner's, whichever module comes first."""
    program = "import hudun.settings, pyogrio; print('\\n'.join(pyogrio.list_drivers()))"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert set(said.stdout.split("\n")) - {""} == set(ALLOWED)
