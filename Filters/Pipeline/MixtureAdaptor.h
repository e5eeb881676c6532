// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_MixtureAdaptor_h
#define Pipeline_MixtureAdaptor_h

#include "Numerics/Mixture/MixtureSampling.h"

#include <vtkType.h>

#include <optional>

class vtkDataObject;
class vtkDataSetAttributes;
class vtkFieldData;
class vtkPolyData;

/// Mixtures as they travel with data: the field array MixtureComponents, and the arrays of truth.
namespace vtkscorefields
{
/// Writes MixtureComponents, one tuple per component; the order of MixtureTable.
void SetMixture(vtkFieldData* fieldData, const scorefields::Mixture& mixture);

/// The mixture that a data object carries; of a composite, the first found in it or its blocks.
/// @throws std::invalid_argument if MixtureComponents is no mixture.
std::optional<scorefields::Mixture> FindMixture(vtkDataObject* data);

/// Makes the points of a cloud, which is given up, those of poly data, each in a vertex, with the
/// array Component.
/// @returns the coordinates in the poly data.
const double* SetCloud(scorefields::MixtureCloud&& cloud, vtkPolyData* output);

/// Adds TrueDensity, TrueLogDensity and TrueScore, to be filled through the view.
scorefields::FieldView AddTruthArrays(vtkDataSetAttributes* attributes, vtkIdType count);
}

#endif
