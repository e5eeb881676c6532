# SPDX-License-Identifier: BSD-3-Clause
"""The README's Python example runs as it stands and leaves its picture.

    pvpython TestReadme.py README FOLDER    FOLDER is where the example finds build/

Oracle: the example's own promise, a picture of the size of the view, and no error message.
"""
import os
import pathlib
import re
import sys

example = re.search(r"```python\n(.*?)```", pathlib.Path(sys.argv[1]).read_text(), re.DOTALL)[1]
assert len(example.strip().splitlines()) <= 12
os.makedirs(sys.argv[2], exist_ok=True)
os.chdir(sys.argv[2])
pathlib.Path("score.png").unlink(missing_ok=True)
if not os.path.lexists("build"):
    os.symlink(pathlib.Path(os.environ["PV_PLUGIN_PATH"]).parent, "build")
exec(compile(example, "README.md", "exec"), {})
assert os.path.getsize("score.png") > 10000, "the picture is blank"
