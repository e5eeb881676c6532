// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ErrorLog_h
#define support_ErrorLog_h

#include <vtkAlgorithm.h>
#include <vtkCommand.h>
#include <vtkExecutive.h>

#include <string>

/// Collects what an algorithm reports instead of printing it.
class ErrorLog : public vtkCommand
{
public:
  static ErrorLog* New() { return new ErrorLog; }
  void Execute(vtkObject*, unsigned long event, void* text) override
  {
    const bool error = event == vtkCommand::ErrorEvent;
    ++(error ? this->ErrorCount : this->WarningCount);
    (error ? this->Errors : this->Warnings) += static_cast<const char*>(text);
  }
  /// Watches the algorithm and its executive, which would add messages of its own to a failure.
  void Watch(vtkAlgorithm* algorithm)
  {
    algorithm->AddObserver(vtkCommand::ErrorEvent, this);
    algorithm->AddObserver(vtkCommand::WarningEvent, this);
    algorithm->GetExecutive()->AddObserver(vtkCommand::ErrorEvent, this);
    algorithm->GetExecutive()->AddObserver(vtkCommand::WarningEvent, this);
  }
  bool HasError(const std::string& part) const
  {
    return this->Errors.find(part) != std::string::npos;
  }
  bool HasWarning(const std::string& part) const
  {
    return this->Warnings.find(part) != std::string::npos;
  }
  void Clear()
  {
    this->Errors.clear();
    this->Warnings.clear();
    this->ErrorCount = this->WarningCount = 0;
  }

  std::string Errors;
  std::string Warnings;
  int ErrorCount = 0;
  int WarningCount = 0;
};

#endif
