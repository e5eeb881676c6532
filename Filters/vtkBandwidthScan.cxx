// SPDX-License-Identifier: BSD-3-Clause
#include "vtkBandwidthScan.h"

#include "Input/SampleReader.h"
#include "Output/ScanOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/MixtureAdaptor.h"
#include "Pipeline/Requests.h"
#include "Pipeline/SweepTime.h"

#include "Numerics/Bandwidth/DensitySettings.h"
#include "Numerics/Scan/BandwidthScan.h"
#include "Pipeline/Ports.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkTable.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

vtkStandardNewMacro(vtkBandwidthScan);

using vtkscorefields::Communicator;

namespace
{
/// Everyone has the whole cloud; the communicator must outlive the result.
scorefields::ScanShare ShareOf(const Communicator& communicator)
{
  return { communicator.Rank(), communicator.Size(),
    [&communicator](double* values, scorefields::Index n) { communicator.Sum(values, n); } };
}

void RequireHeight(double height)
{
  if (!(height >= 0.0 && std::isfinite(height)))
  {
    std::ostringstream message;
    message << "TreeHeight is " << height << "; it must be 0 or more, and finite";
    throw std::invalid_argument(message.str());
  }
}

void RequireDimension(const scorefields::Mixture& truth, int dimension)
{
  if (truth.Dimension() != dimension)
  {
    std::ostringstream message;
    message << "ComputeErrors is on, but the input's MixtureComponents have " << truth.Dimension()
            << " dimensions and the estimate has " << dimension
            << "; set Dimension to that or switch ComputeErrors off";
    throw std::invalid_argument(message.str());
  }
}
}

//------------------------------------------------------------------------------
vtkBandwidthScan::vtkBandwidthScan()
{
  this->SetNumberOfOutputPorts(3);
  this->TakeDefaults();
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  return vtkscorefields::AcceptCloud(info, vtkscorefields::Presence::Required);
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::FillOutputPortInformation(int port, vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), port == 2 ? "vtkPolyData" : "vtkTable");
  return 1;
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestInformation(this, communicator, outputVector,
    [&]
    {
      const auto time = vtkscorefields::TimeToPeek(std::nullopt,
        inputVector[0]->GetInformationObject(0), outputVector->GetInformationObject(0));
      this->PeekSamples(this->GetInputConnection(0, 0), time);
    });
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkscorefields::RequestPiece(
    inputVector[0]->GetInformationObject(0), Communicator(this->Controller));
  return 1;
}

//------------------------------------------------------------------------------
void vtkBandwidthScan::TakeDefaults()
{
  const scorefields::ScanRequest request;
  this->BandwidthShape = static_cast<int>(vtkscorefields::ShapeChoice::Automatic);
  this->AutomaticRange = request.DefaultRange;
  this->ScanMinimum = request.Range.Minimum;
  this->ScanMaximum = request.Range.Maximum;
  this->ScanSteps = request.Range.Steps;
  this->ScanSpacing = static_cast<int>(request.Range.Spacing);
  this->MarkRules = request.MarkRules;
  this->ComputeStability = request.Stability;
  this->ComputeModes = request.Modes;
  this->ComputeEntropy = request.Entropy;
  this->ComputeCriteria = request.CrossValidation;
  this->ComputeErrors = request.Errors;
  this->BoundsMargin = request.Nodes.Margin;
  Eigen::Map<Eigen::Vector3i>(this->SampleDimensions) = request.Nodes.Dimensions.cast<int>();
  this->Tolerance = request.Stable.Tolerance;
  this->MinimumSampleSize = request.Stable.MinimumSampleSize;
  this->SignificanceLevel = request.Stable.SignificanceLevel;
}

//------------------------------------------------------------------------------
scorefields::ScanRequest vtkBandwidthScan::MakeRequest(bool dataAxes) const
{
  using scorefields::FromNumber;
  using scorefields::SweepSpacing;
  constexpr std::size_t ranges = 2; // linear and geometric; a list is none
  static_assert(SweepSpacing::List == static_cast<SweepSpacing>(ranges));
  scorefields::ScanRequest request;
  request.Shape = vtkscorefields::ShapeOf(
    FromNumber<vtkscorefields::ShapeChoice>("BandwidthShape", this->BandwidthShape), dataAxes,
    scorefields::BandwidthRule::NormalGradient); // any rule: the scan takes the shape of the cloud
  request.DefaultRange = this->AutomaticRange;
  request.Range.Minimum = this->ScanMinimum;
  request.Range.Maximum = this->ScanMaximum;
  request.Range.Steps = this->ScanSteps;
  request.Range.Spacing = FromNumber<SweepSpacing>("ScanSpacing", this->ScanSpacing, ranges);
  request.MarkRules = this->MarkRules;
  request.Stability = this->ComputeStability;
  request.Modes = this->ComputeModes;
  request.Entropy = this->ComputeEntropy;
  request.CrossValidation = this->ComputeCriteria;
  request.Errors = this->ComputeErrors;
  request.Nodes = this->MakeGridRequest(this->BoundsMargin, this->SampleDimensions);
  request.Boundaries = this->MakeBoundaries();
  request.Stable = { this->Tolerance, this->MinimumSampleSize, this->SignificanceLevel };
  return request;
}

//------------------------------------------------------------------------------
void vtkBandwidthScan::WarnOfGaps(const scorefields::BandwidthScan& scan)
{
  std::ostringstream names;
  for (const scorefields::ScanColumn& column : scan.Columns)
  {
    const auto gaps = std::count_if(
      column.Values.begin(), column.Values.end(), [](double value) { return std::isnan(value); });
    if (gaps > 0)
    {
      names << (names.str().empty() ? "" : ", ") << NameOf(column.Curve) << " (" << gaps << " of "
            << column.Values.size() << ")";
    }
  }
  if (!names.str().empty())
  {
    vtkWarningMacro(
      << "At the smallest bandwidths the grids needed would be too large: no value for "
      << names.str() << ". Raise ScanMinimum.");
  }
}

//------------------------------------------------------------------------------
vtkscorefields::Cloud vtkBandwidthScan::ReadCloud(vtkDataObject* input)
{
  vtkscorefields::Cloud cloud = vtkscorefields::ReadDistributedCloud(input,
    vtkscorefields::NameOfArrayToProcess(this, 0), Communicator(this->Controller),
    vtkscorefields::MakeExecution(this, vtkscorefields::ReadingPoints));
  vtkscorefields::WarnOnce(this,
    vtkscorefields::PointsWarning(cloud.Moments.Count, cloud.NonFinite, "Input",
      "there is nothing to scan", Communicator(this->Controller)));
  return cloud;
}

//------------------------------------------------------------------------------
void vtkBandwidthScan::Scan(vtkDataObject* input, vtkInformationVector* outputs)
{
  const Communicator communicator(this->Controller);
  vtkscorefields::RequireSoundInputs(this, communicator);
  RequireHeight(this->TreeHeight);
  const vtkscorefields::Cloud cloud = this->ReadCloud(input);
  vtkscorefields::ScanTables tables{ vtkTable::GetData(outputs, 0), vtkTable::GetData(outputs, 1),
    vtkPolyData::GetData(outputs, 2) };
  const scorefields::ScanRequest request = this->MakeRequest(cloud.Kinds.AreData);
  const auto axes = scorefields::ResolveAxes(this->Dimension, request.Nodes, cloud.Moments);
  if (!(cloud.Moments.Count > 0.0))
  {
    return;
  }
  const auto truth = vtkscorefields::FindMixture(input);
  if (truth && this->ComputeErrors)
  {
    RequireDimension(*truth, axes.Count);
  }
  // Everyone has the whole cloud, in one order: the same numbers on any number of ranks.
  const scorefields::Samples samples = communicator.Gather(cloud.Samples);
  const scorefields::BandwidthScan scan =
    scorefields::ScanBandwidths(samples, axes, truth ? &*truth : nullptr, request,
      vtkscorefields::MakeExecution(this, { "Scanning the bandwidths", 0.05 }),
      ShareOf(communicator));
  if (communicator.Rank() == 0)
  {
    vtkscorefields::WriteScan(scan, axes, cloud.Moments, this->TreeHeight, tables);
    this->WarnOfGaps(scan);
  }
  for (vtkDataObject* output : { static_cast<vtkDataObject*>(tables.Curves),
         static_cast<vtkDataObject*>(tables.Rules), static_cast<vtkDataObject*>(tables.Tree) })
  {
    vtkscorefields::SetFieldValue(
      output->GetFieldData(), vtkscorefields::names::SampleCount, cloud.Moments.Count);
    if (scan.CriticalBandwidth)
    {
      vtkscorefields::SetFieldValue(
        output->GetFieldData(), vtkscorefields::names::CriticalBandwidth, *scan.CriticalBandwidth);
    }
    vtkscorefields::PassFieldData(input, output);
  }
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestData(this, Communicator(this->Controller), outputVector,
    [&] { this->Scan(vtkDataObject::GetData(inputVector[0]), outputVector); });
}

//------------------------------------------------------------------------------
void vtkBandwidthScan::PrintSelf(ostream& os, vtkIndent indent)
{
  using vtkscorefields::Tuple;
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "BandwidthShape: " << this->BandwidthShape << "\n";
  os << indent << "AutomaticRange: " << this->AutomaticRange << "\n";
  os << indent << "ScanMinimum: " << this->ScanMinimum << "\n";
  os << indent << "ScanMaximum: " << this->ScanMaximum << "\n";
  os << indent << "ScanSteps: " << this->ScanSteps << "\n";
  os << indent << "ScanSpacing: " << this->ScanSpacing << "\n";
  os << indent << "ComputeStability: " << this->ComputeStability << "\n";
  os << indent << "ComputeModes: " << this->ComputeModes << "\n";
  os << indent << "ComputeEntropy: " << this->ComputeEntropy << "\n";
  os << indent << "ComputeCriteria: " << this->ComputeCriteria << "\n";
  os << indent << "ComputeErrors: " << this->ComputeErrors << "\n";
  os << indent << "MarkRules: " << this->MarkRules << "\n";
  os << indent << "Tolerance: " << this->Tolerance << "\n";
  os << indent << "MinimumSampleSize: " << this->MinimumSampleSize << "\n";
  os << indent << "SignificanceLevel: " << this->SignificanceLevel << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SampleDimensions: " << Tuple(this->SampleDimensions) << "\n";
  os << indent << "TreeHeight: " << this->TreeHeight << "\n";
}
