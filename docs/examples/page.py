# SPDX-License-Identifier: BSD-3-Clause
"""The web page of a demo: every picture with a caption, every animation with a slider."""

CONTENTS = (
    ("reliability_sweep", "One estimate, two ways to its score",
     "Left the usual way: density by FFT, logarithm, central difference. Right the exact sums "
     "of ScoreFields. Above the score in x, with the same colours in every frame; grey is not "
     "a number. Below what each node's score is worth. The exact score is right at every node,"
     " however far from the samples; where few samples bear on it, the classes say so."),
    ("bandwidth_film", "Where the score is sound, as the bandwidth grows",
     "The log density at the nodes whose score by FFT and difference is sound. The caption above "
     "is written by the pipeline itself."),
    ("stability_chart", "Sound nodes and error of the score",
     "Over the bandwidth, by the classical FFT recipe and by exact sums."),
    ("bandwidth_scan", "What a bandwidth does",
     "Left which nodes are sound by three engines, with the choices of four rules; in the middle "
     "how many modes there are; right four distances from the truth, each least at its own "
     "bandwidth."),
    ("mode_tree", "Mode tree",
     "Every line is a mode of the estimate as the bandwidth grows, upwards; where it meets "
     "another, that one takes it over."),
    ("score_view", "The score at a glance",
     "Lines follow the score uphill; discs are its zeros: modes, saddles and minima of the density. "
     "Behind them, what each node is worth. Arrows come second: here their length grows with the "
     "logarithm of the score."),
    ("score_view_3d", "The same in 3-D",
     "Lines start where the score is significant and end at the modes of four clusters."),
    ("study_1_truth", "The study's figure 1",
     "The density of three Gaussians."),
    ("study_2_samples", "The study's figure 2",
     "200 samples of it, drawn by rejection in the box."),
    ("study_3_score", "The study's figure 3",
     "The exact score of the mixture; arrows of a twentieth of its length."),
    ("study_4_estimate", "The study's figure 4",
     "The truth beside the FFT estimate of the samples. The haze at the edges comes in from "
     "the opposite side."),
    ("study_a_density", "The study's animation of the density",
     "Bandwidths 0.01 to 2.01, each frame with its own colour range, as in the study."),
    ("study_b_partials", "The study's animation of the partial derivatives",
     "Bandwidths 0.01 to 1.51. Pink is not a number, orange plus infinity, purple minus "
     "infinity. At 0.01 to 0.16 the spectrum is cut and rings, at 0.21 to 1.26 rounding errors"
     " replace the density, from about 1 on points come in from the opposite side."),
    ("study_c_arrows", "The study's animation of the score",
     "Bandwidths 2.01 down to 0.01, over the true density. Arrows are missing where the score "
     "is not a number and random where it is rounding noise."),
    ("draw_your_own", "Draw your own",
     "Points along a clicked curve, in the letters of a word, and on the dark pixels of a picture; "
     "below, their densities."),
    ("letters_film", "A word out of noise",
     "The probability flow carries noise to the letters by the score of their density; then "
     "diffusion makes noise of them again."),
    ("flow_story", "Noise and back",
     "200 samples diffuse while the bandwidth grows, then the probability flow carries them back "
     "by nothing but the score. Behind them the kernel density at the same bandwidth."),
    ("flow_clusters", "Stuck in a cluster, or not",
     "The same particles, steps and step sizes: Langevin steps stay where they begin, annealed "
     "ones begin with a wide kernel and reach all four clusters."),
    ("flow_clusters_chart", "Who is where",
     "The share of the particles in each cluster over the steps; dashes are the true weights."),
    ("flow_basins", "Where uphill leads",
     "Ascents of the score, which is taken from the image below them: lines of one colour end at "
     "one mode."),
    ("flow_memorisation", "Memorisation",
     "The probability flow to bandwidth 0: whatever the noise, it ends on a sample."),
    ("flow_dial", "From memorising to generalising",
     "Three flows from the same noise. Left the score of the samples, in the middle with chance on "
     "the way: both end on samples. Right the score averaged over a Gaussian: it ends between them,"
     " near the curve that they came from."),
    ("flow_dial_chart", "The dial",
     "How many particles end on a sample, and how far they are from the curve, over the width of "
     "that Gaussian."),
    ("flow_spiral", "A spiral from noise",
     "Annealed Langevin steps in 3-D: the beginning, half way, and after the last step."),
    ("faithful", "Old Faithful",
     "Left the density of 272 eruptions, a bandwidth for each axis. Right which nodes can be "
     "trusted, and mean shifts where the score is significant."),
    ("data_axes", "Data against data",
     "The joint density of two arrays of a mesh, where borders of fluids are arcs, and of two columns"
     " of a table on log scales."),
    ("density_from_score", "The density behind a score",
     "Left a density by FFT; in the middle what its reliable score gives back of it; right the error"
     " of that."),
    ("density_ridges", "Filaments",
     "Left the ridge lines of points near roads, and of some anywhere; in the middle the same points "
     "moved to the lines, a colour for each branch; right a helix in space."),
    ("density_difference", "Where two clouds differ",
     "Red where cloud A has more, blue where cloud B has, green where there is no difference, pale"
     " where there are too few points to say."),
    ("compare_densities", "How far from the truth",
     "Where two estimates are too high (red) and too low (blue), and how far they are from the true"
     " density."),
    ("highest_density_regions", "Where half of it is",
     "The smallest regions that hold 25, 50, 75 and 95 % of a density: in the plane with the samples"
     " outside of them in red, in space as nested surfaces."),
    ("density_modes", "The peaks, and whose points",
     "Left the critical points of a density, with the borders between the basins; right the samples"
     " in the colours of the modes that are more than chance."),
    ("score_story", "From samples to a score and back",
     "A density by FFT, its score and what each node is worth, the density that the trusted score"
     " has, and its error, over the bandwidth."),
    ("score_story_chart", "What the bandwidth does to both",
     "Errors of the score, and of the density before and after it went through the score."),
    ("score_matching_fit", "A score learned from points",
     "Six estimates from the same 200 points, four of them fitted by score matching; the number is the"
     " error of the score."),
    ("denoiser", "A denoiser is a score",
     "A network learns to remove noise. Its loss ends at that of the exact kernel density, and its"
     " score at that density's."),
    ("denoiser_training", "A network learns",
     "The density of the network's score over the training, beside the kernel density."),
    ("quakes", "Earthquakes near Fiji",
     "Contours of the density of 1000 earthquakes and the ways along the score to its peaks."),
)

HEAD = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>ScoreFields</title>
<style>
body { font: 16px/1.5 sans-serif; max-width: 1240px; margin: 2em auto; padding: 0 1em; color: #222 }
img { max-width: 100%; display: block } figure { margin: 0 0 3em } input { width: 100% }
</style>
<h1>ScoreFields</h1>
<p>Made by <code>docs/examples/demo.py</code>. Every picture has its own script there.</p>
"""

FIGURE = """<figure>
<h2>{title}</h2>
<img id="{name}" src="{name}.png" alt="{title}">
{slider}<figcaption>{caption} {data}</figcaption>
</figure>
"""

SLIDER = """<label>Stop the film and look at one frame:
<input type="range" min="0" max="{last}" value="0" oninput="document.getElementById('{name}').src =
'{name}/' + this.value.padStart(4, '0') + '.png'"></label>
"""


def section(folder, name, title, caption):
    """A picture with its caption and data; a slider if there are frames."""
    frames = sorted((folder / name).glob("*.png"))
    slider = SLIDER.format(last=len(frames) - 1, name=name) if frames else ""
    files = [folder / f"{name}{ending}" for ending in (".csv", ".vti")]
    data = " ".join(f'<a href="{f.name}">{f.name}</a>' for f in files if f.exists())
    return FIGURE.format(name=name, title=title, slider=slider, caption=caption, data=data)


def write(folder):
    """Writes index.html beside the pictures that are there."""
    path = folder / "index.html"
    path.write_text(HEAD + "".join(
        section(folder, *entry) for entry in CONTENTS if (folder / f"{entry[0]}.png").exists()))
    return path
