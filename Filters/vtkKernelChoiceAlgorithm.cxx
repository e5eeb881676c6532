// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelChoiceAlgorithm.h"

#include "Input/SampleReader.h"
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Requests.h"

//------------------------------------------------------------------------------
vtkKernelChoiceAlgorithm::vtkKernelChoiceAlgorithm()
{
  const scorefields::KernelRequest defaults;
  this->BandwidthRule = static_cast<int>(defaults.Rule);
  this->BandwidthShape = static_cast<int>(vtkscorefields::ShapeChoice::Automatic);
  this->Bandwidth = defaults.Bandwidth;
  Eigen::Map<Eigen::Vector3d>(this->AxisBandwidths) = defaults.AxisBandwidths;
  Eigen::Map<scorefields::SymmetricTensor>(this->BandwidthMatrix) = defaults.Matrix;
  this->BandwidthScale = defaults.Scale;
}

//------------------------------------------------------------------------------
scorefields::KernelRequest vtkKernelChoiceAlgorithm::MakeKernelRequest(bool dataAxes) const
{
  scorefields::KernelRequest request;
  request.Rule =
    scorefields::FromNumber<scorefields::BandwidthRule>("BandwidthRule", this->BandwidthRule);
  request.Shape = vtkscorefields::ShapeOf(
    scorefields::FromNumber<vtkscorefields::ShapeChoice>("BandwidthShape", this->BandwidthShape),
    dataAxes, request.Rule);
  request.Bandwidth = this->Bandwidth;
  request.AxisBandwidths = Eigen::Map<const Eigen::Vector3d>(this->AxisBandwidths);
  request.Matrix = Eigen::Map<const scorefields::SymmetricTensor>(this->BandwidthMatrix);
  request.Scale = this->BandwidthScale;
  return request;
}

//------------------------------------------------------------------------------
void vtkKernelChoiceAlgorithm::WarnOfPoints(
  double count, double nonFinite, const std::string& input)
{
  vtkscorefields::WarnOnce(this,
    vtkscorefields::PointsWarning(count, nonFinite, input, "the density is 0 everywhere",
      vtkscorefields::Communicator(this->Controller)));
}

//------------------------------------------------------------------------------
void vtkKernelChoiceAlgorithm::WarnOfError(const scorefields::KernelChoice& choice)
{
  const std::string warning = scorefields::RoughBandwidthWarning(
    choice, static_cast<scorefields::BandwidthRule>(this->BandwidthRule));
  if (!warning.empty())
  {
    vtkWarningMacro(<< warning);
  }
}

//------------------------------------------------------------------------------
void vtkKernelChoiceAlgorithm::WarnOfWidth(const scorefields::GaussianKernel& kernel,
  const scorefields::KernelRequest& request, const scorefields::CloudMoments& moments)
{
  if (vtkscorefields::Communicator(this->Controller).Rank() == 0)
  {
    vtkscorefields::WarnOnceOf(
      this, "wide kernel", scorefields::WideKernelWarning(kernel, request.Shape, moments));
  }
}

//------------------------------------------------------------------------------
vtkscorefields::OpenCloud vtkKernelChoiceAlgorithm::OpenSamples(vtkDataObject* input)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkscorefields::OpenCloud cloud =
    vtkscorefields::OpenDistributedCloud(input, vtkscorefields::NameOfArrayToProcess(this, 0),
      communicator, vtkscorefields::MakeExecution(this, vtkscorefields::ReadingPoints));
  this->WarnOfPoints(cloud.Moments.Count, cloud.NonFinite, "Input");
  return cloud;
}

//------------------------------------------------------------------------------
vtkscorefields::Cloud vtkKernelChoiceAlgorithm::ReadSamples(
  vtkDataObject* input, const std::string& name)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkscorefields::Cloud cloud =
    vtkscorefields::ReadDistributedCloud(input, vtkscorefields::NameOfArrayToProcess(this, 0),
      communicator, vtkscorefields::MakeExecution(this, vtkscorefields::ReadingPoints));
  this->WarnOfPoints(cloud.Moments.Count, cloud.NonFinite, name);
  return cloud;
}

//------------------------------------------------------------------------------
void vtkKernelChoiceAlgorithm::PrintSelf(ostream& os, vtkIndent indent)
{
  using vtkscorefields::Tuple;
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "BandwidthRule: " << this->BandwidthRule << "\n";
  os << indent << "BandwidthShape: " << this->BandwidthShape << "\n";
  os << indent << "Bandwidth: " << this->Bandwidth << "\n";
  os << indent << "AxisBandwidths: " << Tuple(this->AxisBandwidths) << "\n";
  os << indent << "BandwidthMatrix: " << Tuple(this->BandwidthMatrix) << "\n";
  os << indent << "BandwidthScale: " << this->BandwidthScale << "\n";
}
