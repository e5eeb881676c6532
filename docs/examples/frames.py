# SPDX-License-Identifier: BSD-3-Clause
"""Numbered pictures, and one animated PNG of them all, which every web browser plays."""
from PIL import Image
from paraview import simple

import colours
import pictures


def steps():
    """Plays the session's time steps, as the player's buttons do: yields each time."""
    scene = simple.GetAnimationScene()
    scene.UpdateAnimationUsingDataTimeSteps()
    for time in list(simple.GetTimeKeeper().TimestepValues):
        scene.AnimationTime = time
        yield time


def both_ways(film, picture, density, flows, radius, words):
    """Films particles there and back: the second flow begins where the first one ends.

    Below them, in the picture's first panel, is a density that gets the bandwidth of each step. radius:
    of the particles. words: what the title says on each way.
    """
    view = picture.views[0]
    _, colour_map = pictures.show_image(view, density, "Density")
    shown = [pictures.show_points(view, flow, radius) for flow in flows]
    title = pictures.write(view, "", bold=1)
    steps = flows[0].NumberOfSteps
    for frame in range(2 * steps + 1):
        way = int(frame > steps)
        step = frame - way * steps
        flows[way].UpdatePipeline(step)
        bandwidth = flows[way].FieldData["Bandwidth"].GetRange()[0]
        density.Bandwidth = bandwidth
        density.UpdatePipeline()
        colours.davos(colour_map, 0, density.PointData["Density"].GetRange()[1])
        for number, display in enumerate(shown):
            display.Visibility = int(number == way)
        view.ViewTime = step
        title.Text = f"{words[way]}: bandwidth {bandwidth:.2f}"
        film.add(picture)


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
        animate(self.paths, self.animation, frames_per_second)
        return self.animation


def animate(paths, target, frames_per_second, width=None):
    """One animated PNG of pictures of one size, as wide as they are or a width in pixels."""
    images = [Image.open(path).convert("RGB") for path in paths]
    if width is not None:
        size = (width, round(images[0].height * width / images[0].width))
        images = [image.resize(size, Image.LANCZOS) for image in images]
    images[0].save(target, save_all=True, append_images=images[1:], loop=0,
                   duration=round(1000 / frames_per_second))
