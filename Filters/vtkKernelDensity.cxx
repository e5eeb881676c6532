// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include "Input/SampleReader.h"
#include "Numerics/Density/NodeMass.h"
#include "Numerics/Density/StandardError.h"
#include "Output/DensityOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/GridImage.h"
#include "Pipeline/KeptCloud.h"
#include "Pipeline/Machine.h"
#include "Pipeline/Ports.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepCache.h"
#include "Pipeline/SweepTime.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPointData.h>
#include <vtkStreamingDemandDrivenPipeline.h>

vtkStandardNewMacro(vtkKernelDensity);

using vtkscorefields::Communicator;
using vtkscorefields::OpenCloud;

namespace
{
/// For so many numbers at each of this rank's nodes. Meshes of the transform, which each rank has
/// for the whole image, come on top of them.
void RequireRoom(double numbers, const scorefields::NodeBlock& block, const scorefields::Grid& grid)
{
  constexpr double wholeMeshes = 2.0;
  const double bytes = sizeof(double) *
    (numbers * static_cast<double>(block.Dimensions.prod()) +
      wholeMeshes * static_cast<double>(grid.Size()));
  scorefields::RequireMemory(grid.Dimensions, bytes, vtkscorefields::MemoryForRank());
}

/// Samples onto a mesh, sums over it, and perhaps exact sums where these do not do.
constexpr vtkscorefields::Phase Estimating{ "Estimating the density", 0.3, 1.0, 3 };
constexpr vtkscorefields::Phase EstimatingFirst{ "Estimating the density", 0.3, 0.6, 3 };
/// Three arrays, and what is summed for them: a density or two.
constexpr vtkscorefields::Phase FindingErrors{ "Finding the standard errors", 0.6, 1.0, 4 };
constexpr double NumbersForErrors = 5.0;

/// Of those asked for, what a kernel has.
scorefields::FieldChoice FieldsOf(
  scorefields::FieldChoice wanted, scorefields::KernelProfile profile)
{
  const bool gaussian = profile == scorefields::KernelProfile::Gaussian;
  wanted.Score = wanted.Score && gaussian;
  wanted.Hessian = wanted.Hessian && gaussian;
  wanted.KishSampleSize = wanted.KishSampleSize && gaussian;
  return wanted;
}

void WriteResult(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings, const scorefields::Grid& grid)
{
  vtkscorefields::WriteReport(fieldData, report, settings);
  vtkscorefields::WriteTransform(fieldData, report, settings);
  const Eigen::Vector3d last = (grid.Dimensions.array() - 1).cast<double>();
  vtkscorefields::WriteBoundaries(
    fieldData, settings.Fft.Boundaries, grid.Spacing.cwiseProduct(last));
}

void MarkSweep(bool sweep, vtkFieldData* fieldData)
{
  if (sweep)
  {
    vtkscorefields::SetFieldText(
      fieldData, vtkscorefields::names::BandwidthRule, vtkscorefields::texts::RuleOfSweep);
  }
}
}

//------------------------------------------------------------------------------
vtkKernelDensity::vtkKernelDensity()
  : Cache(new vtkscorefields::SweepCache)
  , Kept(new vtkscorefields::KeptCloud)
{
  const scorefields::EngineSettings settings;
  this->Kernel = static_cast<int>(settings.Profile);
  this->Sharpen = settings.Sharpen;
  this->CountScale = static_cast<int>(scorefields::CountScale::None);
  this->Spectrum = static_cast<int>(settings.Fft.Spectrum);
  this->ZeroPadding = settings.Fft.ZeroPadding;
  this->ClampNegative = settings.Fft.ClampNegative;
  this->ConfidenceLevel = scorefields::StandardErrorOptions().ConfidenceLevel;
  const scorefields::GridRequest grid;
  this->BoundsMargin = grid.Margin;
  Eigen::Map<Eigen::Vector3i>(this->SampleDimensions) = grid.Dimensions.cast<int>();
  this->TakeSweepDefaults();
}

//------------------------------------------------------------------------------
vtkKernelDensity::~vtkKernelDensity() = default;

//------------------------------------------------------------------------------
vtkImageData* vtkKernelDensity::GetImage()
{
  return vtkImageData::SafeDownCast(this->GetOutputDataObject(0));
}

//------------------------------------------------------------------------------
int vtkKernelDensity::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Required);
}

//------------------------------------------------------------------------------
int vtkKernelDensity::FillOutputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), "vtkImageData");
  return 1;
}

//------------------------------------------------------------------------------
int vtkKernelDensity::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestInformation(this, Communicator(this->Controller), outputVector,
    [&]
    {
      this->Announce(
        inputVector[0]->GetInformationObject(0), outputVector->GetInformationObject(0));
    });
}

//------------------------------------------------------------------------------
void vtkKernelDensity::Announce(vtkInformation* inputInfo, vtkInformation* info)
{
  const auto schedule = this->MakeSchedule();
  vtkscorefields::AnnounceTime(schedule, inputInfo, info);
  const scorefields::GridRequest grid =
    this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  scorefields::Require(grid);
  const std::optional<double> sweepTime =
    schedule ? std::optional<double>(this->SweepInputTime) : std::nullopt;
  const auto moments = this->PeekSamples(
    this->GetInputConnection(0, 0), vtkscorefields::TimeToPeek(sweepTime, inputInfo, info));
  const auto axes = scorefields::ResolveAxes(this->Dimension, grid, moments);
  const double widest = schedule ? schedule->Largest() : this->Bandwidth;
  const auto announced =
    scorefields::PlaceGrid(grid, moments, axes, Eigen::Vector3d::Constant(widest));
  // RequestData knows better if a rule chooses the bandwidth, which sets the margin.
  vtkscorefields::AnnounceGrid(announced, VTK_DOUBLE, info);
}

//------------------------------------------------------------------------------
int vtkKernelDensity::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkInformation* inputInfo = inputVector[0]->GetInformationObject(0);
  vtkscorefields::RequestPiece(inputInfo, Communicator(this->Controller));
  vtkscorefields::AskForInputTime(this->BandwidthSweep, this->SweepInputTime, inputInfo);
  return 1;
}

//------------------------------------------------------------------------------
int vtkKernelDensity::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  vtkImageData* output = vtkImageData::GetData(outputVector);
  vtkInformation* info = outputVector->GetInformationObject(0);
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      this->RequireCacheMemory();
      try
      {
        this->Compute(input, info, output);
      }
      catch (...)
      {
        this->ForgetIfShared();
        throw;
      }
      vtkscorefields::PassFieldData(input, output);
    });
}

//------------------------------------------------------------------------------
void vtkKernelDensity::Compute(vtkDataObject* input, vtkInformation* info, vtkImageData* output)
{
  if (const auto schedule = this->MakeSchedule())
  {
    this->RunStep(*schedule, input, info, output);
  }
  else
  {
    this->Cache->Clear();
    this->Estimate(nullptr, 0, this->OpenKeptCloud(input), info, output);
    this->FitCache();
  }
}

//------------------------------------------------------------------------------
void vtkKernelDensity::Estimate(const scorefields::SweepSchedule* schedule, std::size_t step,
  const OpenCloud& cloud, vtkInformation* outInfo, vtkImageData* output)
{
  const Communicator communicator(this->Controller);
  const scorefields::GridRequest placement =
    this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  scorefields::EngineSettings settings = this->MakeEngineSettings();
  const vtkscorefields::DensityProvenance provenance{ this->MakeKernelRequest(cloud.Kinds.AreData),
    cloud.Moments, cloud.NonFinite, this->MakePrecision() };

  const auto axes = scorefields::ResolveAxes(this->Dimension, placement, cloud.Moments);
  const scorefields::Domain domain =
    scorefields::DomainOf(placement, settings.Fft.Boundaries, cloud.Moments, axes);
  const scorefields::KernelChoice choice =
    this->ChooseKernel(schedule, step, provenance.Request, cloud, domain, axes);
  this->WarnOfError(choice);
  const scorefields::GaussianKernel& kernel = choice.Kernel;
  this->WarnOfWidth(
    schedule ? kernel.WithBandwidth(schedule->Least()) : kernel, provenance.Request, cloud.Moments);
  const auto margin =
    (schedule ? kernel.WithBandwidth(schedule->Largest()) : kernel).AxisBandwidths();
  const auto grid = scorefields::PlaceGrid(placement, cloud.Moments, axes, margin);
  const auto scales = this->MakeScales(cloud, grid, axes);
  const auto wanted = FieldsOf(this->MakeFieldChoice(), settings.Profile);
  const auto block = vtkscorefields::TakeBlock(grid, outInfo);
  RequireRoom(this->NumbersPerNode(wanted), block, grid);
  vtkscorefields::ShapeImage(output, grid, block);
  const scorefields::FieldView fields =
    vtkscorefields::AddDensityArrays(output->GetPointData(), block.Dimensions.prod(), wanted);
  settings.Reuse = schedule ? this->ReuseFor(*schedule, step) : nullptr;
  settings.Mesh = &this->Kept->Mesh;
  const scorefields::EstimateProblem problem{ *cloud.Source, cloud.Moments, kernel, grid, block,
    settings, communicator.MakeExchange() };
  const auto report = this->Sum(problem, fields, output);
  this->WarnOfNodes(scorefields::CoarseNodesWarning(problem, fields.Density, report.LostWeight));
  this->FinishArrays(fields.Density, scales, provenance.StoredAs, output);
  vtkFieldData* const fieldData = output->GetFieldData();
  vtkscorefields::WriteProvenance(fieldData, provenance, choice);
  WriteResult(fieldData, report, settings, grid);
  MarkSweep(schedule != nullptr, fieldData);
}

//------------------------------------------------------------------------------
double vtkKernelDensity::NumbersPerNode(const scorefields::FieldChoice& wanted) const
{
  return static_cast<double>(wanted.Components()) + (this->CountScale != 0 ? 1.0 : 0.0) +
    (this->ComputeLinearDensity ? 1.0 : 0.0) +
    (this->ComputeStandardError ? NumbersForErrors : 0.0);
}

//------------------------------------------------------------------------------
scorefields::EstimateReport vtkKernelDensity::Sum(const scorefields::EstimateProblem& problem,
  const scorefields::FieldView& fields, vtkImageData* output)
{
  using vtkscorefields::MakeExecution;
  scorefields::StandardErrorOptions options;
  options.ConfidenceLevel = this->ConfidenceLevel;
  const bool errors = this->ComputeStandardError;
  if (errors)
  {
    scorefields::RequireStandardError(problem, options);
  }
  auto report = scorefields::EstimateDensity(
    problem, fields, MakeExecution(this, errors ? EstimatingFirst : Estimating));
  report.Fft.Minimum = Communicator(this->Controller).Minimum(report.Fft.Minimum);
  if (errors)
  {
    const auto view =
      vtkscorefields::AddErrorArrays(output->GetPointData(), output->GetNumberOfPoints());
    scorefields::EstimateStandardErrors(
      problem, fields.Density, options, view, MakeExecution(this, FindingErrors));
    vtkscorefields::SetFieldValue(
      output->GetFieldData(), vtkscorefields::names::ConfidenceLevel, options.ConfidenceLevel);
  }
  return report;
}

//------------------------------------------------------------------------------
vtkscorefields::OtherScales vtkKernelDensity::MakeScales(
  const OpenCloud& cloud, const scorefields::Grid& grid, const scorefields::Axes& axes) const
{
  const auto scale =
    scorefields::FromNumber<scorefields::CountScale>("CountScale", this->CountScale);
  vtkscorefields::OtherScales scales{ scale,
    FactorOf(scale, cloud.Moments.TotalWeight, grid, axes) };
  if (this->ComputeLinearDensity)
  {
    bool any = false;
    for (std::size_t axis = 0; axis < 3; ++axis)
    {
      scales.Logarithms[axis] =
        cloud.Kinds.AreLogarithms[axis] && axes.IsActive(static_cast<int>(axis));
      any = any || scales.Logarithms[axis];
    }
    if (!any)
    {
      throw std::invalid_argument("ComputeLinearDensity is on, but no axis of the density is a"
                                  " logarithm. Switch it off, or switch on a log scale in Points"
                                  " From Arrays");
    }
  }
  return scales;
}

//------------------------------------------------------------------------------
void vtkKernelDensity::FinishArrays(const double* densities,
  const vtkscorefields::OtherScales& scales, vtkscorefields::Precision storedAs,
  vtkImageData* output)
{
  vtkPointData* const arrays = output->GetPointData();
  vtkscorefields::AddOtherScales(output, densities, scales);
  if (storedAs == vtkscorefields::Precision::Single)
  {
    vtkscorefields::WarnOnceOf(
      this, "single precision", vtkscorefields::MakeSinglePrecision(arrays));
  }
}

//------------------------------------------------------------------------------
void vtkKernelDensity::WarnOfNodes(const std::string& warning)
{
  if (Communicator(this->Controller).Rank() == 0)
  {
    vtkscorefields::WarnOnceOf(this, "coarse nodes", warning);
  }
}

//------------------------------------------------------------------------------
scorefields::EngineSettings vtkKernelDensity::MakeEngineSettings() const
{
  scorefields::EngineSettings settings = this->MakeCommonSettings();
  settings.Fft.Spectrum =
    scorefields::FromNumber<scorefields::FftSpectrum>("Spectrum", this->Spectrum);
  settings.Fft.ZeroPadding = this->ZeroPadding;
  settings.Fft.ClampNegative = this->ClampNegative;
  settings.Fft.Boundaries = this->MakeBoundaries();
  settings.Profile = scorefields::FromNumber<scorefields::KernelProfile>("Kernel", this->Kernel);
  settings.Sharpen = this->Sharpen;
  return settings;
}

//------------------------------------------------------------------------------
void vtkKernelDensity::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Kernel: " << this->Kernel << "\n";
  os << indent << "Sharpen: " << this->Sharpen << "\n";
  os << indent << "ComputeLinearDensity: " << this->ComputeLinearDensity << "\n";
  os << indent << "ComputeStandardError: " << this->ComputeStandardError << "\n";
  os << indent << "ConfidenceLevel: " << this->ConfidenceLevel << "\n";
  os << indent << "CountScale: " << this->CountScale << "\n";
  os << indent << "Spectrum: " << this->Spectrum << "\n";
  os << indent << "ZeroPadding: " << this->ZeroPadding << "\n";
  os << indent << "ClampNegative: " << this->ClampNegative << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SampleDimensions: " << vtkscorefields::Tuple(this->SampleDimensions) << "\n";
  this->PrintSweep(os, indent);
}
