# SPDX-License-Identifier: BSD-3-Clause
"""The study's pictures, from fewer frames than docs/examples draws.

Oracles: the mixture's closed form (place of its largest value, score in a corner); the shares of
zeros, NaN and infinities measured with KernelDensity.jl's algorithm on other samples, which differ by
some hundredths from sample to sample; colours of the study's map.
"""
import example_test  # first: it finds the examples

import numpy
from PIL import Image
from paraview import simple

import pictures
import study
import study_arrows
import study_density
import study_figures
import study_partials

FOLDER = example_test.FOLDER
DARKEST = [0, 5 / 255, 74 / 255]


def box(name, panel=(700, 600), margins=study_figures.MARGINS):
    """The pixels of the box in a picture."""
    return example_test.inside(example_test.pixels(FOLDER / name), panel, margins)


def check_figures():
    """Figure 1: dark at the mode, white in the corner; 2: red dots; 3: green arrows; 4: both."""
    study_figures.main(FOLDER)
    truth = box("study_1_truth.png")
    row, column = numpy.argwhere(example_test.near(truth, DARKEST, 12)).mean(axis=0)
    scale = 6 / len(truth)
    assert abs(column * scale - 3 - 0.995825) < 0.05 and abs(3 - row * scale + 0.995825) < 0.05
    assert truth[20, 20].min() > 245
    dots = example_test.near(box("study_2_samples.png"), pictures.RED).sum()
    assert 1500 < dots < 200 * 36, f"{dots} red pixels for 200 dots of 6 pixels across"
    arrows = example_test.near(box("study_3_score.png"), pictures.GREEN)
    across = len(arrows) // 13
    assert arrows[:across, :across].sum() > 3 * arrows[6 * across:7 * across, -across:].sum()
    score = example_test.point_array(simple.OutputPort(study.truth(3, 13), 1), "TrueScore")
    corner = score.reshape(13, 13, 3)[12, 0]  # x = -3, y = 3
    assert numpy.allclose(corner, [8, -8, 0], atol=0.01), corner
    pair = example_test.pixels(FOLDER / "study_4_estimate.png")
    assert pair.shape == (400, 800, 3)
    for half in (pair[:, :400], pair[:, 400:]):
        assert example_test.near(half, pictures.RED).sum() > 800
        assert example_test.near(half, DARKEST, 25).sum() > 100


def check_animation(path, frames):
    """The animated PNG has every frame, half a second each."""
    with Image.open(path) as film:
        assert film.n_frames == frames and film.info["duration"] == 500, path


def check_density():
    """Colours reach from 0 to the peak of each frame."""
    assert len(study_density.BANDWIDTHS) == 41 and study_density.BANDWIDTHS[-1] == 2.01
    check_animation(study_density.main(FOLDER, [0.31, 2.01]), 2)
    assert "Kernel Density Estimate,Bandwidth = 2.01" in example_test.texts()
    # wider than the cloud: one Gaussian of variance h^2 + 1.14 and covariance 0.28
    peak = example_test.point_array(example_test.source("KernelDensity"), "Density").max()
    expected = 1 / (2 * numpy.pi * numpy.sqrt((2.01**2 + 1.14)**2 - 0.28**2))
    assert abs(peak / expected - 1) < 0.05, (peak, expected)
    for frame in (0, 1):
        image = box(f"study_a_density/{frame:04d}.png", margins=(40, 100, 40, 50))
        assert example_test.near(image, DARKEST, 12).any() and (image.min(axis=2) > 240).any()


def check_partials():
    """Zeros, NaN and infinities at h = 0.31 as published (0.39, 0.23, 0.33), and in the picture."""
    assert len(study_partials.BANDWIDTHS) == 31 and study_partials.BANDWIDTHS[-1] == 1.51
    check_animation(study_partials.main(FOLDER, [1.51, 0.31]), 2)
    score = example_test.source("ProgrammableFilter")
    zeros = (example_test.point_array(score, "Density") == 0).mean()
    parts = [example_test.point_array(score, name) for name in ("ScoreX", "ScoreY")]
    holes = numpy.mean([numpy.isnan(part).mean() for part in parts])
    infinite = numpy.mean([numpy.isinf(part).mean() for part in parts])
    assert abs(zeros - 0.39) < 0.1 and holes > 0.1 and infinite > 0.1, (zeros, holes, infinite)
    assert abs(holes + infinite - 0.56) < 0.1, (holes, infinite)
    picture = example_test.pixels(FOLDER / "study_b_partials" / "0001.png")
    for i, part in enumerate(parts):
        panel = example_test.inside(picture[:, 620 * i:620 * (i + 1)], (620, 590),
                                    study_partials.MARGINS)
        pink = example_test.near(panel, study_partials.PINK, 20).mean()
        assert abs(pink - numpy.isnan(part).mean()) < 0.05, (pink, numpy.isnan(part).mean())
    sound = example_test.pixels(FOLDER / "study_b_partials" / "0000.png")
    assert not example_test.near(sound, study_partials.PINK, 10).any(), "holes at h = 1.51"


def check_difference():
    """Score Field's central difference is the study's, where that is a number."""
    density = study.density(study.samples(), 10, 0.51)
    score = study.score(density)
    field = simple.ScoreField(Input=density, Method="Central difference", Tolerance=0.05)
    mine = example_test.point_array(field, "Score").reshape(256, 256, 3)[1:-1, 1:-1, :2]
    theirs = numpy.dstack([example_test.point_array(score, name).reshape(256, 256)
                           for name in ("ScoreX", "ScoreY")])[1:-1, 1:-1]
    sound = example_test.point_array(field, "StabilityMask").reshape(256, 256)[1:-1, 1:-1] == 1
    assert sound.mean() > 0.2
    assert numpy.allclose(mine[sound], theirs[sound], rtol=1e-9, atol=1e-9)


def check_arrows():
    """Arrows all over at h = 1.21, only near the samples at 0.41."""
    assert study_arrows.BANDWIDTHS == [round(2.01 - 0.2 * i, 2) for i in range(11)]
    check_animation(study_arrows.main(FOLDER, [0.41, 1.21]), 2)
    narrow, wide = (example_test.near(
        box(f"study_c_arrows/{i:04d}.png", margins=study_arrows.MARGINS), pictures.GREEN, 60)
        for i in (0, 1))
    arrow = example_test.point_array(example_test.source("ExtractGrid"), "Arrow")
    drawn = (arrow != 0).any(axis=1).reshape(13, 13)
    assert drawn[1:, 1:].mean() > 0.98 and not drawn[0].any() and not drawn[:, 0].any()
    corner = len(wide) // 4
    assert wide[-corner:, -corner:].sum() > 30 > narrow[-corner:, -corner:].sum()


check_figures()
check_density()
check_partials()
check_difference()
check_arrows()
print("the study's pictures are right")
