// SPDX-License-Identifier: BSD-3-Clause
// The bandwidth sweep of vtkKernelDensity.
#include "vtkKernelDensity.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/KeptCloud.h"
#include "Pipeline/SharedNodes.h"
#include "Pipeline/SweepCache.h"
#include "Pipeline/SweepTime.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <utility>

using vtkscorefields::Communicator;
using vtkscorefields::OpenCloud;

namespace
{
constexpr double Mebibyte = 1048576.0;
}

//------------------------------------------------------------------------------
void vtkKernelDensity::TakeSweepDefaults()
{
  const scorefields::SweepRequest request;
  this->SweepMinimum = request.Minimum;
  this->SweepMaximum = request.Maximum;
  this->SweepSteps = request.Steps;
  this->SweepSpacing = static_cast<int>(request.Spacing);
  this->SweepDirection = static_cast<int>(request.Direction);
  this->SweepTime = static_cast<int>(request.Time);
}

//------------------------------------------------------------------------------
void vtkKernelDensity::AddSweepBandwidth(double bandwidth)
{
  this->SweepBandwidths.push_back(bandwidth);
  this->Modified();
}

//------------------------------------------------------------------------------
void vtkKernelDensity::ClearSweepBandwidths()
{
  this->SweepBandwidths.clear();
  this->Modified();
}

//------------------------------------------------------------------------------
double vtkKernelDensity::GetSweepCacheUsed()
{
  return (this->Cache->Bytes() + this->Kept->Bytes()) / Mebibyte;
}

//------------------------------------------------------------------------------
double vtkKernelDensity::GetChosenBandwidth()
{
  vtkImageData* image = this->GetImage();
  return image
    ? vtkscorefields::FieldValue(image->GetFieldData(), vtkscorefields::names::Bandwidth, 0.0)
    : 0.0;
}

//------------------------------------------------------------------------------
void vtkKernelDensity::EnterSweep(vtkDataObject* input, vtkInformation* outInfo)
{
  vtkscorefields::SweepCache::State state;
  state.Filter = this->GetMTime();
  outInfo->Get(vtkStreamingDemandDrivenPipeline::UPDATE_EXTENT(), state.Extent.data());
  state.Stamp = vtkscorefields::StampOf(input);
  // All ranks keep or give up together, since computing a step takes all of them.
  const Communicator communicator(this->Controller);
  if (!communicator.Any(!this->Cache->IsAt(state)))
  {
    return;
  }
  const OpenCloud cloud = this->OpenSamples(input);
  state.Cloud = vtkscorefields::FingerprintOf(
    *cloud.Source, vtkscorefields::MakeExecution(this, vtkscorefields::ComparingPoints));
  if (communicator.Any(!this->Cache->HasCloudOf(state)))
  {
    this->Cache->Enter(state);
  }
  this->Cache->Rename(state);
  this->Cache->Moments = cloud.Moments;
  this->Cache->NonFinite = cloud.NonFinite;
  // A rank whose own points stayed forgets with those whose points changed.
  this->Kept->IsKnown = !communicator.Any(!this->Kept->IsOf(state.Cloud));
  this->Kept->Enter(state.Cloud, cloud.Moments, cloud.NonFinite);
}

//------------------------------------------------------------------------------
void vtkKernelDensity::RequireCacheMemory() const
{
  if (!(this->SweepCacheMemory >= 0.0))
  {
    std::ostringstream message;
    message << "SweepCacheMemory is " << this->SweepCacheMemory << "; it must be 0 or more";
    throw std::invalid_argument(message.str());
  }
}

//------------------------------------------------------------------------------
void vtkKernelDensity::FitCache()
{
  this->Kept->Fit(Mebibyte * this->SweepCacheMemory);
}

//------------------------------------------------------------------------------
void vtkKernelDensity::ForgetIfShared()
{
  if (Communicator(this->Controller).Size() > 1)
  {
    this->Cache->Clear();
    *this->Kept = {};
  }
}

//------------------------------------------------------------------------------
OpenCloud vtkKernelDensity::OpenKeptCloud(vtkDataObject* input)
{
  const Communicator communicator(this->Controller);
  std::unique_ptr<vtkscorefields::InputCloud> source;
  std::uint64_t fingerprint = 0;
  try
  {
    source = std::make_unique<vtkscorefields::InputCloud>(
      vtkscorefields::MarkSharedNodes(input, communicator),
      vtkscorefields::NameOfArrayToProcess(this, 0));
    fingerprint = vtkscorefields::FingerprintOf(
      *source, vtkscorefields::MakeExecution(this, vtkscorefields::ComparingPoints));
  }
  catch (const std::invalid_argument&)
  {
    source.reset(); // OpenSamples says what is wrong, on all ranks
  }
  if (communicator.Any(!source || !this->Kept->IsOf(fingerprint)))
  {
    this->Kept->IsKnown = false;
    OpenCloud cloud = this->OpenSamples(input);
    this->Kept->Enter(fingerprint, cloud.Moments, cloud.NonFinite);
    return cloud;
  }
  this->WarnOfPoints(this->Kept->Moments.Count, this->Kept->NonFinite, "Input");
  if (!(this->Kept->NonFinite > 0.0))
  {
    source->TrustValues();
  }
  return { std::move(source), this->Kept->Moments, this->Kept->NonFinite,
    vtkscorefields::AxisKindsOf(input, communicator) };
}

//------------------------------------------------------------------------------
OpenCloud vtkKernelDensity::OpenSweepCloud(vtkDataObject* input)
{
  const Communicator communicator(this->Controller);
  const auto counted = vtkscorefields::MarkSharedNodes(input, communicator);
  auto source = std::make_unique<vtkscorefields::InputCloud>(
    counted, vtkscorefields::NameOfArrayToProcess(this, 0));
  if (!(this->Cache->NonFinite > 0.0))
  {
    source->TrustValues();
  }
  return { std::move(source), this->Cache->Moments, this->Cache->NonFinite,
    vtkscorefields::AxisKindsOf(input, communicator) };
}

//------------------------------------------------------------------------------
void vtkKernelDensity::RunStep(const scorefields::SweepSchedule& schedule, vtkDataObject* input,
  vtkInformation* outInfo, vtkImageData* output)
{
  const std::size_t step = vtkscorefields::RequestedStep(schedule.Times, outInfo);
  const Communicator communicator(this->Controller);
  this->EnterSweep(input, outInfo);
  vtkImageData* const kept = this->Cache->Find(step);
  if (communicator.Any(!kept))
  {
    this->Estimate(&schedule, step, this->OpenSweepCloud(input), outInfo, output);
    const double budget = Mebibyte * this->SweepCacheMemory;
    this->Kept->Fit(budget);
    this->Cache->Keep(step, output, budget - this->Kept->Bytes());
  }
  else
  {
    output->ShallowCopy(kept);
  }
  output->GetInformation()->Set(vtkDataObject::DATA_TIME_STEP(), schedule.Times[step]);
}

//------------------------------------------------------------------------------
scorefields::EstimateReuse* vtkKernelDensity::ReuseFor(
  const scorefields::SweepSchedule& schedule, std::size_t step)
{
  const double least = schedule.Least();
  const int band =
    static_cast<int>(std::floor(std::log2(schedule.Bandwidths[step] / least * (1.0 + 1e-12))));
  scorefields::EstimateReuse& reuse = this->Cache->Band(band);
  if (reuse.Kernels.empty())
  {
    const scorefields::GaussianKernel& shape = this->Cache->Shape->Kernel;
    const double narrow = std::ldexp(least, band);
    reuse.Kernels = { shape.WithBandwidth(narrow),
      shape.WithBandwidth(std::min(2.0 * narrow, schedule.Largest())) };
  }
  return &reuse;
}

//------------------------------------------------------------------------------
scorefields::KernelChoice vtkKernelDensity::ChooseKernel(const scorefields::SweepSchedule* schedule,
  std::size_t step, const scorefields::KernelRequest& request, const OpenCloud& cloud,
  const scorefields::Domain& domain, const scorefields::Axes& axes)
{
  const Communicator communicator(this->Controller);
  const auto choose = [&]
  {
    return scorefields::ChooseKernel(request, *cloud.Source, cloud.Moments, axes,
      communicator.MakeExchange(),
      vtkscorefields::MakeExecution(this, vtkscorefields::ChoosingBandwidth), domain);
  };
  if (!schedule)
  {
    return choose();
  }
  std::optional<scorefields::KernelChoice>& shape = this->Cache->Shape;
  if (!shape)
  {
    const bool isotropic = request.Shape == scorefields::BandwidthShape::Isotropic;
    shape = isotropic
      ? scorefields::KernelChoice{ scorefields::GaussianKernel::Isotropic(axes, 1.0), 0.0 }
      : choose();
  }
  return { shape->Kernel.WithBandwidth(schedule->Bandwidths[step]), 0.0 };
}

//------------------------------------------------------------------------------
std::optional<scorefields::SweepSchedule> vtkKernelDensity::MakeSchedule() const
{
  if (!this->BandwidthSweep)
  {
    return std::nullopt;
  }
  scorefields::SweepRequest request;
  request.Minimum = this->SweepMinimum;
  request.Maximum = this->SweepMaximum;
  request.Steps = this->SweepSteps;
  using scorefields::FromNumber;
  request.Spacing = FromNumber<scorefields::SweepSpacing>("SweepSpacing", this->SweepSpacing);
  request.Direction =
    FromNumber<scorefields::SweepDirection>("SweepDirection", this->SweepDirection);
  request.Time = FromNumber<scorefields::SweepTime>("SweepTime", this->SweepTime);
  request.List = this->SweepBandwidths;
  return scorefields::SweepSchedule::Of(request);
}

//------------------------------------------------------------------------------
void vtkKernelDensity::PrintSweep(ostream& os, vtkIndent indent) const
{
  os << indent << "BandwidthSweep: " << this->BandwidthSweep << "\n";
  os << indent << "SweepMinimum: " << this->SweepMinimum << "\n";
  os << indent << "SweepMaximum: " << this->SweepMaximum << "\n";
  os << indent << "SweepSteps: " << this->SweepSteps << "\n";
  os << indent << "SweepSpacing: " << this->SweepSpacing << "\n";
  os << indent << "SweepDirection: " << this->SweepDirection << "\n";
  os << indent << "SweepTime: " << this->SweepTime << "\n";
  os << indent << "SweepInputTime: " << this->SweepInputTime << "\n";
  os << indent << "SweepBandwidths: " << vtkscorefields::Tuple(this->SweepBandwidths) << "\n";
  os << indent << "SweepCacheMemory: " << this->SweepCacheMemory << "\n";
}
