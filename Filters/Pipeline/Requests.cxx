// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Requests.h"

#include "Numerics/Base/Execution.h"

#include <vtkAlgorithm.h>
#include <vtkDataObject.h>
#include <vtkDemandDrivenPipeline.h>
#include <vtkInformation.h>
#include <vtkInformationIdTypeKey.h>
#include <vtkInformationStringKey.h>
#include <vtkInformationVector.h>
#include <vtkStreamingDemandDrivenPipeline.h>

#include <new>
#include <optional>
#include <stdexcept>
#include <string>

namespace vtkscorefields
{
namespace
{
/// What RequestInformation met, for RequestData; in the algorithm's own information.
vtkInformationStringKey* FoundKey()
{
  static vtkInformationStringKey* const key =
    vtkInformationStringKey::MakeKey("ERROR_OF_INFORMATION", "vtkscorefields");
  return key;
}

/// The last error that was reported, and the state of the pipeline that it was about.
vtkInformationStringKey* ReportedKey()
{
  static vtkInformationStringKey* const key =
    vtkInformationStringKey::MakeKey("REPORTED_ERROR", "vtkscorefields");
  return key;
}

vtkInformationIdTypeKey* ReportedTimeKey()
{
  static vtkInformationIdTypeKey* const key =
    vtkInformationIdTypeKey::MakeKey("REPORTED_TIME", "vtkscorefields");
  return key;
}

/// When the filter or anything before it was last changed.
vtkIdType TimeOf(vtkAlgorithm* algorithm)
{
  auto* pipeline = vtkDemandDrivenPipeline::SafeDownCast(algorithm->GetExecutive());
  return static_cast<vtkIdType>(pipeline ? pipeline->GetPipelineMTime() : algorithm->GetMTime());
}

void ReportOnce(vtkAlgorithm* algorithm, const std::string& error)
{
  vtkInformation* memory = algorithm->GetInformation();
  const vtkIdType time = TimeOf(algorithm);
  const bool reported = memory->Has(ReportedKey()) && memory->Get(ReportedKey()) == error &&
    memory->Get(ReportedTimeKey()) == time;
  if (!reported)
  {
    memory->Set(ReportedKey(), error);
    memory->Set(ReportedTimeKey(), time);
    vtkErrorWithObjectMacro(algorithm, << error);
  }
}

void MakeEmpty(vtkInformationVector* outputs)
{
  for (int port = 0; port < outputs->GetNumberOfInformationObjects(); ++port)
  {
    if (vtkDataObject* output = vtkDataObject::GetData(outputs, port))
    {
      output->Initialize();
    }
  }
}

void AnnounceNoNodes(vtkInformation* output)
{
  const int extent[6] = { 0, -1, 0, -1, 0, -1 };
  output->Set(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT(), extent, 6);
  output->Set(vtkAlgorithm::CAN_PRODUCE_SUB_EXTENT(), 1);
}

/// The text of what the body throws: "" if it was aborted. Nothing if it came to its end.
std::optional<std::string> ErrorOf(const std::function<void()>& body)
{
  try
  {
    body();
  }
  catch (const scorefields::Aborted&)
  {
    return std::string();
  }
  catch (const std::bad_alloc&)
  {
    return "There is not enough memory for this";
  }
  catch (const std::exception& error)
  {
    return error.what();
  }
  return std::nullopt;
}
}

int RunRequestData(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body)
{
  const char* found = algorithm->GetInformation()->Get(FoundKey());
  const std::optional<std::string> error = found ? found : ErrorOf(body);
  if (error)
  {
    MakeEmpty(outputs);
  }
  if (error && !error->empty())
  {
    ReportOnce(algorithm, *error);
  }
  algorithm->SetProgressText(nullptr);
  return 1;
}

int RunRequestInformation(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body)
{
  vtkInformation* memory = algorithm->GetInformation();
  memory->Remove(FoundKey());
  if (const std::optional<std::string> error = ErrorOf(body))
  {
    memory->Set(FoundKey(), *error);
    AnnounceNoNodes(outputs->GetInformationObject(0));
  }
  return 1;
}
}
