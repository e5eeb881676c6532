// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_SampleReader_h
#define Input_SampleReader_h

#include "Input/InputCloud.h"

#include "Numerics/Cloud/CloudMoments.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class vtkAlgorithm;
class vtkAlgorithmOutput;
class vtkDataObject;
class vtkDataSet;
class vtkInformation;

namespace vtkscorefields
{
class Communicator;

/// What the axes of a cloud are, as Points From Arrays writes it into field data.
struct AxisKinds
{
  bool AreData = false;                ///< arrays of data, of any unit each, and not places
  std::array<bool, 3> AreLogarithms{}; ///< to the base 10
};

/// This process's part of a point cloud, where the pipeline keeps it, and what is known of the
/// whole.
struct OpenCloud
{
  std::unique_ptr<InputCloud> Source;
  scorefields::CloudMoments Moments; ///< of all ranks' points
  double NonFinite = 0.0;            ///< points of all ranks left out because they are not finite
  AxisKinds Kinds;
};

/// The same with the part's samples in memory.
struct Cloud
{
  scorefields::Samples Samples;
  scorefields::CloudMoments Moments;
  double NonFinite = 0.0;
  AxisKinds Kinds;
};

/// What becomes of a point of a data set.
enum class PointUse
{
  Counted,
  Skipped,  ///< ghost or hidden
  NotFinite ///< a coordinate or the weight is not finite
};

/// Which of a data set's points a cloud takes: those counted, in their order.
std::vector<PointUse> UseOfPoints(vtkDataSet* dataSet, const std::string& weightArray);

/// Opens the cloud on every rank, whose points stay where they are, as InputCloud describes. Nodes
/// that several ranks share count once.
/// @throws std::invalid_argument if this rank cannot read its part, or on every rank if there are
///         points and all weights are 0, if one is negative, or if a coordinate is beyond 1e150.
OpenCloud OpenDistributedCloud(vtkDataObject* input, const std::string& weightArray,
  const Communicator& communicator, const scorefields::Execution& execution);
Cloud ReadDistributedCloud(vtkDataObject* input, const std::string& weightArray,
  const Communicator& communicator, const scorefields::Execution& execution);

/// What the field data say of the axes, on any rank. Collective.
AxisKinds AxisKindsOf(vtkDataObject* input, const Communicator& communicator);

/// What to tell a user of a cloud: how many points are left out, and if none remain. "" if there is
/// nothing to tell.
/// @param input        the name of the input property.
/// @param consequence  of having no points, as a clause.
std::string PointsWarning(double count, double nonFinite, const std::string& input,
  const std::string& consequence, const Communicator& communicator);

/// The name set by SetInputArrayToProcess(index, ...), or "".
std::string NameOfArrayToProcess(vtkAlgorithm* algorithm, int index);
/// What it is of, a vtkDataObject::FieldAssociations; points if it is not set.
int AssociationOfArrayToProcess(vtkAlgorithm* algorithm, int index);

/// Asks an input for this rank's piece of the whole cloud, without ghosts, whatever part of the
/// output is wanted: the kernels of all points reach everywhere.
void RequestPiece(vtkInformation* inputInfo, const Communicator& communicator);

/// Count and bounds of the whole cloud behind a connection, which is brought up to date for that;
/// other moments are 0.
/// @param time  to ask a temporal producer for.
scorefields::CloudMoments PeekBounds(vtkAlgorithmOutput* connection,
  const std::optional<double>& time, const Communicator& communicator);

/// The box around the cloud as x min, x max, y min and so on; of a cloud without points, or with
/// points that are not finite, `bounds` stays as it is.
void CopyBounds(const scorefields::CloudMoments& moments, double bounds[6]);
}

#endif
