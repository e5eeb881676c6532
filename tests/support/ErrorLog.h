// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ErrorLog_h
#define support_ErrorLog_h

#include <vtkAlgorithm.h>
#include <vtkCommand.h>
#include <vtkExecutive.h>
#include <vtkNew.h>

#include <string>

/// Collects what an algorithm reports instead of printing it.
class ErrorLog : public vtkCommand
{
public:
  static ErrorLog* New() { return new ErrorLog; }
  void Execute(vtkObject*, unsigned long event, void* text) override
  {
    std::string& log = event == vtkCommand::ErrorEvent ? this->Errors : this->Warnings;
    log += static_cast<const char*>(text);
  }
  /// Watches the algorithm and its executive, which adds a message of its own to a failure.
  void Watch(vtkAlgorithm* algorithm)
  {
    algorithm->AddObserver(vtkCommand::ErrorEvent, this);
    algorithm->AddObserver(vtkCommand::WarningEvent, this);
    algorithm->GetExecutive()->AddObserver(vtkCommand::ErrorEvent, this->Quiet);
  }
  bool HasError(const std::string& part) const
  {
    return this->Errors.find(part) != std::string::npos;
  }
  bool HasWarning(const std::string& part) const
  {
    return this->Warnings.find(part) != std::string::npos;
  }
  void Clear() { this->Errors.clear(), this->Warnings.clear(); }

  std::string Errors;
  std::string Warnings;

private:
  class Silence : public vtkCommand
  {
  public:
    static Silence* New() { return new Silence; }
    void Execute(vtkObject*, unsigned long, void*) override {}
  };
  vtkNew<Silence> Quiet;
};

#endif
