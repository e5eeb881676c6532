// SPDX-License-Identifier: BSD-3-Clause
#include "vtkBoxAlgorithm.h"

#include "Input/SampleReader.h"
#include "Numerics/Cloud/GridPlacement.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"

//------------------------------------------------------------------------------
vtkBoxAlgorithm::vtkBoxAlgorithm()
{
  const scorefields::GridRequest defaults;
  this->UseInputBounds = defaults.UseInputBounds;
  Eigen::Map<Eigen::Matrix<double, 6, 1>>(this->SamplingBounds) = defaults.Bounds;
}

//------------------------------------------------------------------------------
scorefields::GridRequest vtkBoxAlgorithm::MakeBoxRequest() const
{
  scorefields::GridRequest request;
  request.UseInputBounds = this->UseInputBounds;
  request.Bounds = Eigen::Map<const Eigen::Matrix<double, 6, 1>>(this->SamplingBounds);
  return request;
}

//------------------------------------------------------------------------------
scorefields::GridRequest vtkBoxAlgorithm::MakeGridRequest(
  double margin, const int dimensions[3]) const
{
  scorefields::GridRequest request = this->MakeBoxRequest();
  request.Margin = margin;
  request.Dimensions = Eigen::Map<const Eigen::Vector3i>(dimensions).cast<scorefields::Index>();
  return request;
}

//------------------------------------------------------------------------------
scorefields::CloudMoments vtkBoxAlgorithm::PeekSamples(
  vtkAlgorithmOutput* samples, const std::optional<double>& time)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  const scorefields::CloudMoments moments = vtkscorefields::PeekBounds(samples, time, communicator);
  vtkscorefields::CopyBounds(moments, this->InputBounds);
  return moments;
}

//------------------------------------------------------------------------------
void vtkBoxAlgorithm::PrintSelf(ostream& os, vtkIndent indent)
{
  using vtkscorefields::Tuple;
  this->Superclass::PrintSelf(os, indent);
  os << indent << "UseInputBounds: " << this->UseInputBounds << "\n";
  os << indent << "SamplingBounds: " << Tuple(this->SamplingBounds) << "\n";
  os << indent << "InputBounds: " << Tuple(this->InputBounds) << "\n";
}
