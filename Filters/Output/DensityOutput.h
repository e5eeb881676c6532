// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_DensityOutput_h
#define Output_DensityOutput_h

#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Density/CountScale.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Density/StandardError.h"
#include "Pipeline/Choices.h"

#include <vtkType.h>

#include <array>
#include <string>

class vtkDataSetAttributes;
class vtkFieldData;
class vtkImageData;

/// The arrays and the field data of an estimate, as every density filter writes them.
namespace vtkscorefields
{
/// What the density filters give unless asked otherwise: all but Hessian, KishSampleSize
/// and Route.
scorefields::FieldChoice DefaultFields();

/// Adds the arrays of the fields asked for, n tuples each, and returns where their values are to be
/// written. Density is made the active scalars, Score the active vectors.
scorefields::FieldView AddDensityArrays(
  vtkDataSetAttributes* attributes, vtkIdType n, const scorefields::FieldChoice& wanted);

/// Adds DensityStandardError, LogDensityLower and LogDensityUpper, n values each.
scorefields::StandardErrorView AddErrorArrays(vtkDataSetAttributes* attributes, vtkIdType n);

/// Other scales of the density, which become arrays.
struct OtherScales
{
  scorefields::CountScale Counts; ///< None: no such array
  double CountFactor;             ///< what turns the density into it
  /// The density's axes that are logarithms and become the values themselves; none: no such array.
  std::array<bool, 3> Logarithms{};
};

/// Adds the densities of an image's nodes in other scales: as CountDensity, CellProbability or
/// CellCount, and as LinearDensity.
void AddOtherScales(vtkImageData* image, const double* densities, const OtherScales& scales);

/// Turns the arrays of an estimate into single precision. A density that underflows there becomes
/// 0; its logarithm does not.
/// @returns what to tell a user if values are too large for it and become infinite; "" otherwise.
std::string MakeSinglePrecision(vtkDataSetAttributes* attributes);

/// What an estimate rests on.
struct DensityProvenance
{
  scorefields::KernelRequest Request;
  scorefields::CloudMoments Moments;
  double NonFinite = 0.0;
  Precision StoredAs = Precision::Double; ///< of the arrays
};

/// Writes Bandwidth, KernelCovariance, BandwidthRule, BandwidthError (relative, of rules that
/// search), SampleCount, EffectiveSampleCount (of equally weighted samples that tell as much),
/// TotalWeight, NonFinitePoints, Precision
/// and, from the report, Kernel, LostWeight, Engine, DensityFloor (absolute error below which
/// values mean nothing), ExactShare, MeshShare; what is claimed of each array (ErrorClaims.h):
/// DensityErrorBound (absolute), RelativeErrorBound (of the density) and, but for the engine FFT,
/// LogDensityErrorBound and ScoreErrorBound (in units of 1 / bandwidth);
/// and, by WriteTransform, of the engine FFT on a grid Spectrum, ZeroPadding, WrapPeriod,
/// RoundOffFloor, TruncationFloor, SpreadingFloor, WrapFloor and MinimumBeforeClamp.
void WriteProvenance(vtkFieldData* fieldData, const DensityProvenance& provenance,
  const scorefields::KernelChoice& choice);
void WriteReport(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings);
void WriteTransform(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings);
/// Writes, where an axis is not open, Boundaries (per axis 0 open, 1 periodic, 2 reflecting) and
/// BoxLengths, the lengths of the whole box they are meant for.
void WriteBoundaries(vtkFieldData* fieldData,
  const std::array<scorefields::Boundary, 3>& boundaries, const Eigen::Vector3d& lengths);
}

#endif
