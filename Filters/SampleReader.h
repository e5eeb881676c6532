// SPDX-License-Identifier: BSD-3-Clause
#ifndef SampleReader_h
#define SampleReader_h

#include "Numerics/CloudMoments.h"

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

/// This process's part of a point cloud.
struct Cloud
{
  scorefields::Samples Samples;
  double NonFinite = 0.0; ///< points left out because a coordinate or their weight is not finite
};

/// The points of a data set, or of all blocks of a composite one, with their weights.
///
/// Ghost points are left out, since another process has them, and hidden points, since they are
/// blanked. Points that are not finite, or whose weight is not, are left out and counted.
/// @param weightArray  name of a point array with one component; "" or "None": all weights are 1.
/// @throws std::invalid_argument that names WeightArray if the array is missing where there are
///         points, has more than one component or holds a negative weight.
Cloud ReadCloud(vtkDataObject* input, const std::string& weightArray);

/// What becomes of a point of a data set.
enum class PointUse
{
  Counted,
  Skipped,  ///< ghost or hidden
  NotFinite ///< a coordinate or the weight is not finite
};

/// Which of a data set's points ReadCloud takes: those counted, in their order.
std::vector<PointUse> UseOfPoints(vtkDataSet* dataSet, const std::string& weightArray);

/// ReadCloud on every rank. The samples stay where they are; NonFinite is the sum over the ranks.
/// @throws std::invalid_argument on every rank if any of them cannot read its part, or if there are
///         points and all weights are 0.
Cloud ReadDistributedCloud(
  vtkDataObject* input, const std::string& weightArray, const Communicator& communicator);

/// The name set by SetInputArrayToProcess(index, ...), or "".
std::string NameOfArrayToProcess(vtkAlgorithm* algorithm, int index);

/// Asks an input for this rank's piece of the whole cloud, without ghosts, whatever part of the
/// output is wanted: the kernels of all points reach everywhere.
void RequestPiece(vtkInformation* inputInfo, const Communicator& communicator);

/// Count and bounds of the whole cloud behind a connection, which is brought up to date for that;
/// other moments are 0.
scorefields::CloudMoments PeekBounds(
  vtkAlgorithmOutput* connection, const Communicator& communicator);
}

#endif
