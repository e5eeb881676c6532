// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Ports_h
#define Pipeline_Ports_h

class vtkImageData;
class vtkInformation;
class vtkInformationVector;

/// What filters say of their inputs, and ask of them.
namespace vtkscorefields
{
enum class Presence
{
  Required,
  Optional
};

/// An input that is a cloud: the points of any data set, or of the blocks of a composite one.
/// @returns 1, as FillInputPortInformation does.
int AcceptCloud(vtkInformation* port, Presence presence);

/// Asks for the whole image as one piece, without ghosts.
void RequestWhole(vtkInformation* input);

/// The image of an input; null if it is not connected.
/// @throws std::invalid_argument naming the input, what it has and what the filter takes.
vtkImageData* RequireImage(vtkInformationVector* inputs, const char* input, const char* filter);
}

#endif
