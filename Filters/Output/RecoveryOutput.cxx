// SPDX-License-Identifier: BSD-3-Clause
#include "Output/RecoveryOutput.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

/// Rows of nodes that the output has of the whole image.
class Part
{
public:
  Part(const WholeNodes& whole, const scorefields::Index3& first, vtkImageData* output)
    : Whole(whole)
    , First(first)
    , Output(output)
  {
  }

  template <class Array>
  void Copy(const typename Array::ValueType* source, const char* name, Index components) const
  {
    vtkNew<Array> array;
    array->SetName(name);
    array->SetNumberOfComponents(static_cast<int>(components));
    array->SetNumberOfTuples(this->Output->GetNumberOfPoints());
    typename Array::ValueType* target = array->GetPointer(0);
    const int* count = this->Output->GetDimensions();
    const scorefields::Index3& nodes = this->Whole.Nodes.Dimensions;
    for (Index k = 0; k < count[2]; ++k)
    {
      for (Index j = 0; j < count[1]; ++j)
      {
        const Index node =
          this->First[0] + nodes[0] * (this->First[1] + j + nodes[1] * (this->First[2] + k));
        target = std::copy_n(source + components * node, components * count[0], target);
      }
    }
    this->Output->GetPointData()->AddArray(array);
  }

  /// The array just added, turned into space.
  void Turn(const char* name) const
  {
    auto* array = vtkDoubleArray::SafeDownCast(this->Output->GetPointData()->GetArray(name));
    Eigen::Map<Eigen::Matrix3Xd> vectors(array->GetPointer(0), 3, array->GetNumberOfTuples());
    if (!this->Whole.Direction.isIdentity(0.0))
    {
      vectors = (this->Whole.Direction * vectors).eval();
    }
  }

private:
  const WholeNodes& Whole;
  const scorefields::Index3& First;
  vtkImageData* Output;
};

std::size_t Sized(Index n)
{
  return static_cast<std::size_t>(n);
}
}

RecoveredNodes::RecoveredNodes(Index nodes, bool residuals)
  : LogDensity(Sized(nodes))
  , Density(Sized(nodes))
  , Residual(Sized(residuals ? 3 * nodes : 0))
  , Curl(Sized(residuals ? 3 * nodes : 0))
  , Divergence(Sized(residuals ? nodes : 0))
  , Island(Sized(nodes))
{
}

scorefields::RecoveryView RecoveredNodes::View()
{
  scorefields::RecoveryView view;
  view.LogDensity = this->LogDensity.data();
  view.Density = this->Density.data();
  view.Island = this->Island.data();
  if (!this->Residual.empty())
  {
    view.Residual = this->Residual.data();
    view.Curl = this->Curl.data();
    view.Divergence = this->Divergence.data();
  }
  return view;
}

void WriteRecovered(const RecoveredNodes& nodes, const WholeNodes& whole,
  const scorefields::Index3& first, vtkImageData* output)
{
  const Part part(whole, first, output);
  part.Copy<vtkDoubleArray>(nodes.LogDensity.data(), names::LogDensity, 1);
  part.Copy<vtkDoubleArray>(nodes.Density.data(), names::Density, 1);
  part.Copy<vtkIntArray>(nodes.Island.data(), names::Island, 1);
  if (!nodes.Residual.empty())
  {
    part.Copy<vtkDoubleArray>(nodes.Residual.data(), names::ScoreResidual, 3);
    part.Turn(names::ScoreResidual);
    part.Copy<vtkDoubleArray>(nodes.Curl.data(), names::CurlResidual, 3);
    part.Turn(names::CurlResidual);
    part.Copy<vtkDoubleArray>(nodes.Divergence.data(), names::DivergenceResidual, 1);
  }
  output->GetPointData()->SetActiveScalars(names::LogDensity);
}

void WriteRecovery(const scorefields::RecoveryReport& report, vtkFieldData* fieldData)
{
  for (const char* claim : { names::Engine, names::DensityFloor, names::DensityErrorBound,
         names::RelativeErrorBound, names::LogDensityErrorBound, names::ScoreErrorBound,
         names::ExactShare, names::MeshShare, names::Spectrum, names::ZeroPadding,
         names::WrapPeriod, names::RoundOffFloor, names::TruncationFloor, names::SpreadingFloor,
         names::WrapFloor, names::MinimumBeforeClamp, names::LostWeight, names::DroppedWeight })
  {
    fieldData->RemoveArray(claim);
  }
  auto masses = NewArray(names::IslandMasses, 1, report.IslandMasses.size());
  std::copy_n(report.IslandMasses.data(), report.IslandMasses.size(), masses->GetPointer(0));
  fieldData->AddArray(masses);
  SetFieldValue(fieldData, names::NumberOfIslands, static_cast<double>(report.IslandMasses.size()));
  SetFieldValue(fieldData, names::NodesRecovered, static_cast<double>(report.Nodes));
  SetFieldValue(fieldData, names::SolverIterations, static_cast<double>(report.Solver.Iterations));
  SetFieldValue(fieldData, names::SolverResidual, report.Solver.Residual);
  SetFieldValue(fieldData, names::MisfitShare, report.MisfitShare);
}
}
