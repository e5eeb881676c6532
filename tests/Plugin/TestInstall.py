# SPDX-License-Identifier: BSD-3-Clause
"""An installed plugin works without the build tree.

    TestInstall.py CMAKE BUILD SUBFOLDER PVPYTHON SCRIPT...

Installs BUILD into an empty folder and runs the scripts with the plugin from its SUBFOLDER. Oracle:
the scripts, which pass in the build tree; and no library of the plugin comes from outside.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

TOOLS = str(pathlib.Path(__file__).resolve().parent.parent.parent / "tools")


def libraries(path):
    """The plugin's own libraries that a file would load, as the loader finds them."""
    listing = subprocess.run(["ldd", str(path)], check=True, capture_output=True, text=True).stdout
    return [line.split("=>")[1].split("(")[0].strip()
            for line in listing.splitlines() if "ScoreFields" in line and "=>" in line]


def main(cmake, build, subfolder, pvpython, *scripts):
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run([cmake, "--install", build, "--prefix", prefix], check=True)
        home = pathlib.Path(prefix, subfolder, "ScoreFields")
        for path in (home / "ScoreFields.so", next(home.glob("python/scorefields/*.so"))):
            found = libraries(path)
            assert found and all(os.path.realpath(f).startswith(os.path.realpath(prefix))
                                 for f in found), f"{path} loads {found}"
        stray = [p.name for p in home.parent.iterdir() if p.name != "ScoreFields"]
        assert not stray, f"ParaView would try to load {stray}"
        archives = [str(p) for p in pathlib.Path(prefix).rglob("*.a")]
        assert not archives, f"installed for nobody: {archives}"
        environment = dict(os.environ, PV_PLUGIN_PATH=str(home.parent),
                           PYTHONPATH=os.pathsep.join([str(home / "python"), TOOLS]))
        for script in scripts:
            subprocess.run([pvpython, script], check=True, env=environment)


main(*sys.argv[1:])
