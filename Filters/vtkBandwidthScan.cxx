// SPDX-License-Identifier: BSD-3-Clause
#include "vtkBandwidthScan.h"

#include "Input/SampleReader.h"
#include "Output/ScanOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/MixtureAdaptor.h"
#include "Pipeline/Requests.h"

#include "Numerics/Bandwidth/DensitySettings.h"
#include "Numerics/Scan/BandwidthScan.h"

#include <vtkDataObject.h>
#include <vtkFieldData.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>
#include <vtkTable.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

vtkStandardNewMacro(vtkBandwidthScan);
vtkCxxSetObjectMacro(vtkBandwidthScan, Controller, vtkMultiProcessController);

using vtkscorefields::Communicator;

//------------------------------------------------------------------------------
vtkBandwidthScan::vtkBandwidthScan()
{
  this->SetNumberOfOutputPorts(3);
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkBandwidthScan::~vtkBandwidthScan()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
  return 1;
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::FillOutputPortInformation(int port, vtkInformation* info)
{
  info->Set(vtkDataObject::DATA_TYPE_NAME(), port == 2 ? "vtkPolyData" : "vtkTable");
  return 1;
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
scorefields::ScanRequest vtkBandwidthScan::MakeRequest() const
{
  scorefields::ScanRequest request;
  request.Shape = static_cast<scorefields::BandwidthShape>(this->BandwidthShape);
  request.DefaultRange = this->AutomaticRange;
  request.Range.Minimum = this->ScanMinimum;
  request.Range.Maximum = this->ScanMaximum;
  request.Range.Steps = this->ScanSteps;
  request.Range.Spacing = static_cast<scorefields::SweepSpacing>(this->ScanSpacing);
  request.Range.Prefix = "Scan";
  request.MarkRules = this->MarkRules;
  request.Stability = this->ComputeStability;
  request.Modes = this->ComputeModes;
  request.Entropy = this->ComputeEntropy;
  request.CrossValidation = this->ComputeCriteria;
  request.Errors = this->ComputeErrors;
  request.Nodes.UseInputBounds = this->UseInputBounds;
  request.Nodes.Margin = this->BoundsMargin;
  request.Nodes.Bounds = Eigen::Map<const Eigen::Matrix<double, 6, 1>>(this->SamplingBounds);
  request.Nodes.Dimensions =
    Eigen::Map<const Eigen::Vector3i>(this->SampleDimensions).cast<scorefields::Index>();
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
      names << (names.str().empty() ? "" : ", ") << column.Name << " (" << gaps << " of "
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
void vtkBandwidthScan::Scan(vtkDataObject* input, vtkInformationVector* outputs)
{
  if (!(this->TreeHeight >= 0.0 && std::isfinite(this->TreeHeight)))
  {
    std::ostringstream message;
    message << "TreeHeight is " << this->TreeHeight << "; it must be 0 or more, and finite";
    throw std::invalid_argument(message.str());
  }
  const Communicator communicator(this->Controller);
  const scorefields::Execution execution = vtkscorefields::MakeExecution(this);
  const vtkscorefields::Cloud cloud = vtkscorefields::ReadDistributedCloud(
    input, vtkscorefields::NameOfArrayToProcess(this, 0), communicator, execution);
  if (cloud.NonFinite > 0.0)
  {
    vtkWarningMacro(<< cloud.NonFinite
                    << " points are left out: a coordinate or the weight is not finite.");
  }
  vtkscorefields::ScanTables tables{ vtkTable::GetData(outputs, 0), vtkTable::GetData(outputs, 1),
    vtkPolyData::GetData(outputs, 2) };
  const scorefields::ScanRequest request = this->MakeRequest();
  const auto axes = scorefields::ResolveAxes(this->Dimension, request.Nodes, cloud.Moments);
  if (!(cloud.Moments.Count > 0.0))
  {
    return;
  }
  const auto truth = vtkscorefields::FindMixture(input);
  if (truth && this->ComputeErrors && truth->Dimension() != axes.Count)
  {
    std::ostringstream message;
    message << "ComputeErrors is on, but the input's MixtureComponents have " << truth->Dimension()
            << " dimensions and the estimate has " << axes.Count
            << "; set Dimension to that or switch ComputeErrors off";
    throw std::invalid_argument(message.str());
  }
  // Everyone scans the whole cloud, in one order: the same numbers on any number of ranks.
  const scorefields::Samples samples = communicator.Gather(cloud.Samples);
  const scorefields::BandwidthScan scan =
    scorefields::ScanBandwidths(samples, axes, truth ? &*truth : nullptr, request, execution);
  if (communicator.Rank() == 0)
  {
    vtkscorefields::WriteScan(scan, axes, cloud.Moments, this->TreeHeight, tables);
    this->WarnOfGaps(scan);
  }
  for (vtkDataObject* output : { static_cast<vtkDataObject*>(tables.Curves),
         static_cast<vtkDataObject*>(tables.Rules), static_cast<vtkDataObject*>(tables.Tree) })
  {
    vtkscorefields::SetFieldValue(output->GetFieldData(), "SampleCount", cloud.Moments.Count);
    vtkscorefields::PassFieldData(input, output);
  }
}

//------------------------------------------------------------------------------
int vtkBandwidthScan::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  return vtkscorefields::RunRequestData(
    this, outputVector, [&] { this->Scan(vtkDataObject::GetData(inputVector[0]), outputVector); });
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
  os << indent << "UseInputBounds: " << this->UseInputBounds << "\n";
  os << indent << "BoundsMargin: " << this->BoundsMargin << "\n";
  os << indent << "SamplingBounds: " << Tuple(this->SamplingBounds) << "\n";
  os << indent << "SampleDimensions: " << Tuple(this->SampleDimensions) << "\n";
  os << indent << "TreeHeight: " << this->TreeHeight << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
