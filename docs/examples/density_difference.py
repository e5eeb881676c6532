# SPDX-License-Identifier: BSD-3-Clause
"""Where two clouds differ, where they do not, and where nobody can say.

Left two clouds of one mixture: no difference is found. In the middle cloud B has fewer points in one
cluster and more in another. Right earthquakes near Fiji, shallow ones (A) and deep ones (B): two
classes of one input.

  pvbatch density_difference.py OUTPUT_FOLDER
"""
from paraview import simple

import colours
import pictures

BOX = [-5, 5, -5, 5]
MARGINS = (45, 15, 45, 60)  # of a panel: left, right, bottom, top
SIZE = 400
POINTS = 400
# weight, mean x y z, covariance XX YY ZZ XY YZ XZ
PLACES = ((-2, -1, 0), (2, -1, 0), (0, 2, 0))
WEIGHTS_A, WEIGHTS_B = (0.4, 0.2, 0.4), (0.15, 0.45, 0.4)
DEEP = 300  # kilometres
MAP = [164, 192, -40, -9]


def cloud(weights, seed):
    """Points of three round clusters."""
    rows = [[weight, *place, 0.6, 0.6, 0, 0, 0, 0] for weight, place in zip(weights, PLACES)]
    return simple.GaussianMixture(Mixture="Custom", Components=sum(rows, []), Dimension="2",
                                  NumberOfPoints=POINTS, Seed=seed)


def earthquakes():
    """Longitude and latitude, and the class: 0 shallow, 1 deep."""
    table = simple.CSVReader(FileName=[str(pictures.DATA / "quakes_fiji.csv")])
    points = simple.TableToPoints(Input=table, XColumn="long", YColumn="lat", ZColumn="lat",
                                  KeepAllDataArrays=1)
    flat = simple.Calculator(Input=points, CoordinateResults=1, Function="coordsX*iHat+coordsY*jHat")
    return simple.Calculator(Input=flat, Function=f"depth>{DEEP}", ResultArrayName="deep")


def difference(**inputs):
    """The classes at the nodes of a grid."""
    found = simple.DensityDifference(SampleDimensions=[160, 160, 1], **inputs)
    found.UpdatePipeline()
    return found


def fact(found, name):
    """Field data of a result."""
    array = found.FieldData[name]
    return [array.GetRange(i)[0] for i in range(array.GetNumberOfComponents())]


def panel(picture, number, title, box, found, points, radius):
    """The classes and both clouds above them."""
    view = picture.frame(number, box, MARGINS)
    pictures.write(view, title)
    _, classes = pictures.show_image(view, found, "DifferenceClass")
    colours.classes(classes, "DifferenceClass")
    for one, colour in points:
        pictures.show_points(view, one, radius, colour)
    return classes


def main(folder):
    """Three panels and a legend."""
    pictures.start()
    red, blue = [0.45, 0.05, 0.0], [0.0, 0.1, 0.4]
    first, same, other = cloud(WEIGHTS_A, 1), cloud(WEIGHTS_A, 2), cloud(WEIGHTS_B, 3)
    quakes = earthquakes()
    box = {"UseInputBounds": 0, "SamplingBounds": [*BOX, 0, 0]}
    found = [difference(Input=first, InputB=same, **box), difference(Input=first, InputB=other, **box),
             difference(Input=quakes, LabelArray=["POINTS", "deep"], UseInputBounds=0,
                        SamplingBounds=[*MAP, 0, 0])]
    picture = pictures.Picture([SIZE, SIZE, SIZE, 190], SIZE + 20)
    panel(picture, 0, "One density twice", BOX, found[0], [(first, red), (same, blue)], 0.03)
    panel(picture, 1, "Clusters of other weight", BOX, found[1], [(first, red), (other, blue)], 0.03)
    classes = panel(picture, 2, f"Earthquakes, B below {DEEP} km", MAP, found[2],
                    [(quakes, pictures.TEXT)], 0.07)
    pictures.colour_bar(picture.views[3], classes, "", (0.05, 0.35), 0.35)
    picture.save(folder / "density_difference.png")
    return found


if __name__ == "__main__":
    main(pictures.output_folder())
