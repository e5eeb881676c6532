// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Requests.h"

#include "Numerics/Base/Execution.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Machine.h"

#include <vtkAlgorithm.h>
#include <vtkDataObject.h>
#include <vtkDemandDrivenPipeline.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
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

/// The messages that were given, and the state of the pipeline that they are about.
vtkInformationStringKey* SaidKey()
{
  static vtkInformationStringKey* const key =
    vtkInformationStringKey::MakeKey("SAID", "vtkscorefields");
  return key;
}

vtkInformationIdTypeKey* SaidTimeKey()
{
  static vtkInformationIdTypeKey* const key =
    vtkInformationIdTypeKey::MakeKey("SAID_TIME", "vtkscorefields");
  return key;
}

/// When the filter or anything before it was last changed.
vtkIdType TimeOf(vtkAlgorithm* algorithm)
{
  auto* pipeline = vtkDemandDrivenPipeline::SafeDownCast(algorithm->GetExecutive());
  return static_cast<vtkIdType>(pipeline ? pipeline->GetPipelineMTime() : algorithm->GetMTime());
}

/// Whether a message says anything that has not been said since the last change; it counts as said
/// from now on.
bool IsNews(vtkAlgorithm* algorithm, const std::string& message)
{
  vtkInformation* memory = algorithm->GetInformation();
  const vtkIdType time = TimeOf(algorithm);
  const bool current = memory->Has(SaidKey()) && memory->Get(SaidTimeKey()) == time;
  const std::string said = current ? memory->Get(SaidKey()) : "";
  if (said.find(message) != std::string::npos) // also if it is empty
  {
    return false;
  }
  memory->Set(SaidKey(), said + message);
  memory->Set(SaidTimeKey(), time);
  return true;
}

/// Thrown where an input comes from a filter that failed.
struct InputFailed : std::runtime_error
{
  using std::runtime_error::runtime_error;
};

/// The error of a filter before this one, or "".
std::string ErrorOfInputs(vtkAlgorithm* algorithm)
{
  for (int port = 0; port < algorithm->GetNumberOfInputPorts(); ++port)
  {
    for (int index = 0; index < algorithm->GetNumberOfInputConnections(port); ++index)
    {
      vtkDataObject* input = algorithm->GetInputDataObject(port, index);
      std::string error = input ? FieldText(input->GetFieldData(), names::ErrorMessage) : "";
      if (!error.empty())
      {
        return error;
      }
    }
  }
  return std::string();
}

void MakeEmpty(vtkInformationVector* outputs, const std::string& error)
{
  for (int port = 0; port < outputs->GetNumberOfInformationObjects(); ++port)
  {
    if (vtkDataObject* output = vtkDataObject::GetData(outputs, port))
    {
      output->Initialize();
      // A chart of a table without rows would show the field data, also after the repair.
      if (!output->IsA("vtkTable"))
      {
        SetFieldText(output->GetFieldData(), names::ErrorMessage, error);
      }
    }
  }
}

void AnnounceNoNodes(vtkInformation* output)
{
  const int extent[6] = { 0, -1, 0, -1, 0, -1 };
  output->Set(vtkStreamingDemandDrivenPipeline::WHOLE_EXTENT(), extent, 6);
  output->Set(vtkAlgorithm::CAN_PRODUCE_SUB_EXTENT(), 1);
}

/// What the body throws, on any rank. Nothing if it came to its end on all.
std::optional<Failure> FailureOf(
  const Communicator& communicator, const std::function<void()>& body)
{
  std::optional<Failure> failure;
  try
  {
    body();
  }
  catch (const RankFailed& error)
  {
    return Failure{ error.what(), error.Silent }; // all ranks know
  }
  catch (const scorefields::Aborted&)
  {
    failure = Failure{ "The computation was stopped", true };
  }
  catch (const InputFailed& error)
  {
    failure = Failure{ error.what(), true };
  }
  catch (const std::bad_alloc&)
  {
    failure = Failure{ "There is not enough memory for this" };
  }
  catch (const std::exception& error)
  {
    failure = Failure{ error.what() };
  }
  return communicator.Settle(failure);
}
}

int RunRequestData(vtkAlgorithm* algorithm, const Communicator& communicator,
  vtkInformationVector* outputs, const std::function<void()>& body)
{
  const char* found = algorithm->GetInformation()->Get(FoundKey());
  const std::optional<Failure> failure = FailureOf(communicator,
    [&]
    {
      if (found)
      {
        throw std::invalid_argument(found);
      }
      LearnNeighbours(communicator);
      body();
    });
  if (failure)
  {
    MakeEmpty(outputs, failure->Text);
  }
  const bool tell = failure && !failure->Silent && communicator.Rank() == 0;
  if (tell && IsNews(algorithm, failure->Text))
  {
    vtkErrorWithObjectMacro(algorithm, << failure->Text);
  }
  algorithm->SetProgressText(nullptr);
  return 1;
}

int RunRequestData(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body)
{
  return RunRequestData(algorithm, Communicator(nullptr), outputs, body);
}

int RunRequestInformation(vtkAlgorithm* algorithm, const Communicator& communicator,
  vtkInformationVector* outputs, const std::function<void()>& body)
{
  vtkInformation* memory = algorithm->GetInformation();
  memory->Remove(FoundKey());
  if (const std::optional<Failure> failure = FailureOf(communicator, body))
  {
    memory->Set(FoundKey(), failure->Text);
    vtkInformation* first = outputs->GetInformationObject(0);
    if (vtkImageData::GetData(first))
    {
      AnnounceNoNodes(first);
    }
  }
  return 1;
}

void RequireSoundInputs(vtkAlgorithm* algorithm, const Communicator& communicator)
{
  const std::string error = ErrorOfInputs(algorithm);
  if (communicator.Any(!error.empty()))
  {
    throw InputFailed(error.empty() ? "An input failed on another process" : error);
  }
}

void WarnOnce(vtkAlgorithm* algorithm, const std::string& warning)
{
  if (IsNews(algorithm, warning))
  {
    vtkWarningWithObjectMacro(algorithm, << warning);
  }
}

void WarnOnceOf(vtkAlgorithm* algorithm, const std::string& topic, const std::string& warning)
{
  if (!warning.empty() && IsNews(algorithm, "[" + topic + "]"))
  {
    vtkWarningWithObjectMacro(algorithm, << warning);
  }
}
}
