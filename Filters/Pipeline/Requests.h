// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Requests_h
#define Pipeline_Requests_h

#include <functional>

class vtkAlgorithm;
class vtkInformationVector;

/// The requests of the pipeline, answered with 1 whatever happens: a view of ParaView 5.11 whose
/// filter has once returned 0 is never drawn anew.
namespace vtkscorefields
{
/// Runs the body of RequestData. If it throws, all outputs are empty; and unless it was aborted,
/// the text of the exception becomes one error message of the algorithm.
///
/// One cause, one message: the executive asks again for what is empty, for each consumer, port and
/// time step. A text is not repeated until the filter or something before it has changed.
int RunRequestData(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body);

/// Runs the body of RequestInformation of a filter whose first output is an image. If it throws, an
/// image without nodes is announced, and RunRequestData reports the text instead of running its
/// body.
int RunRequestInformation(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body);
}

#endif
