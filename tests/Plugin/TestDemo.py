# SPDX-License-Identifier: BSD-3-Clause
"""The demo draws every example, and its page shows every picture there is.

Oracle: the scripts of docs/examples. Nothing is drawn here: the examples' own tests do that.
"""
import re

import example_test  # first: it finds the examples

import demo
import page

SHARED = {"charts", "colours", "demo", "frames", "images", "page", "pictures", "study"}
scripts = {path.stem for path in (example_test.ROOT / "docs" / "examples").glob("*.py")}
assert {example.__name__ for example in demo.EXAMPLES} == scripts - SHARED

for name, _, _ in page.CONTENTS:
    (example_test.FOLDER / f"{name}.png").touch()
(example_test.FOLDER / "study_a_density").mkdir()
(example_test.FOLDER / "study_a_density" / "0000.png").touch()
text = page.write(example_test.FOLDER).read_text()
shown = re.findall(r'<img id="(\w+)"', text)
assert shown == [name for name, _, _ in page.CONTENTS]
assert text.count('type="range"') == 1, "a slider for the one folder of frames"

drawn = "".join(path.read_text() for path in (example_test.ROOT / "docs" / "examples").glob("*.py"))
for name in shown:
    assert len(re.findall(rf'"{name}(\.png)?"', drawn)) >= 2, f"no example draws {name}"
readme = (example_test.ROOT / "docs" / "examples" / "README.md").read_text()
for script in sorted(scripts):
    assert f"`{script}.py`" in readme, f"docs/examples/README.md does not tell of {script}.py"
print(f"{len(demo.EXAMPLES)} examples, {len(shown)} pictures")
