// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Requests_h
#define Pipeline_Requests_h

#include <functional>
#include <string>

class vtkAlgorithm;
class vtkInformationVector;

/// The requests of the pipeline, answered with 1 whatever happens: a view of ParaView 5.11 whose
/// filter has once returned 0 is never drawn anew.
namespace vtkscorefields
{
class Communicator;

/// Runs the body of RequestData. If it throws, all outputs are empty, and their field data, except
/// for those of tables, have the text of the exception. It also becomes one error message of the
/// algorithm, unless the body was aborted or an input had failed.
///
/// What one rank throws ends the body on all ranks, at the next collective or at the end, with the
/// same text; the first rank gives the message. Collective.
///
/// One cause, one message: the executive asks again for what is empty, for each consumer, port and
/// time step. A text is not repeated until the filter or something before it has changed.
int RunRequestData(vtkAlgorithm* algorithm, const Communicator& communicator,
  vtkInformationVector* outputs, const std::function<void()>& body);
/// The same for a body that speaks with no other rank.
int RunRequestData(
  vtkAlgorithm* algorithm, vtkInformationVector* outputs, const std::function<void()>& body);

/// Runs the body of RequestInformation. If it throws, on any rank, RunRequestData reports the text
/// instead of running its body, and a first output that is an image is announced without nodes.
/// Collective.
int RunRequestInformation(vtkAlgorithm* algorithm, const Communicator& communicator,
  vtkInformationVector* outputs, const std::function<void()>& body);

/// Ends the body of RequestData if an input comes from a filter that failed: one cause, one
/// message, which that filter has given. Collective. A communicator of one rank asks for this rank
/// alone.
void RequireSoundInputs(vtkAlgorithm* algorithm, const Communicator& communicator);

/// A warning that, like an error, is not repeated until the filter or something before it has
/// changed. Nothing if the text is empty.
void WarnOnce(vtkAlgorithm* algorithm, const std::string& warning);

/// The same for a warning whose numbers differ from one time step to the next: of a topic, the
/// first text is given. A topic is no part of any text.
void WarnOnceOf(vtkAlgorithm* algorithm, const std::string& topic, const std::string& warning);
}

#endif
