# SPDX-License-Identifier: BSD-3-Clause
"""Numbered pictures, and one animated PNG of them all, which every web browser plays."""
from PIL import Image


class Frames:
    """The frames of an animation: folder/name/0000.png and so on, and folder/name.png."""

    def __init__(self, folder, name):
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.animation = folder / f"{name}.png"
        self.paths = []

    def add(self, picture):
        """Saves the picture as the next frame."""
        path = self.folder / f"{len(self.paths):04d}.png"
        picture.save(path)
        self.paths.append(path)

    def write(self, frames_per_second=2):
        """Writes the animated PNG, true to every colour; it runs for ever."""
        images = [Image.open(path).convert("RGB") for path in self.paths]
        images[0].save(self.animation, save_all=True, append_images=images[1:], loop=0,
                       duration=round(1000 / frames_per_second))
        return self.animation
