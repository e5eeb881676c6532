// SPDX-License-Identifier: BSD-3-Clause
/// What a view shows of an output at once, as a FirstPicture in the hints of the proxy's XML says:
///
///   <FirstPicture view="RenderView" port="0" axes="3" representation="Volume" colour="Density">
///     <Display name="Shade" value="1"/>
///   </FirstPicture>
///
/// The first one that fits counts. It fits a view of that name, an output (any without port), and
/// data with so many axes that are not flat (any without axes). Attributes:
///
///   untouched       properties of the view; if one of them is not as ParaView makes it, the user
///                   has prepared the view, and the picture does not fit
///   representation  the type of representation
///   colour          point arrays, of which the first counts that varies; "" for one colour
///   colours         the preset of a colour map that is made for it
///   opacity         its opacity function: value, from 0 to 1 for the range, and opacity in turn
///   symmetric       1: the range of such a colour map is as long below 0 as above
///   points          points are as large as their number allows, times this
///   beside          another output, which is shown in the same view
///
/// Children, each with name and value: Display and View are properties of the display and of a view
/// that shows nothing else; Series is a series of a chart, with colour, thickness, style and
/// corner, and those that are not named are hidden.
///
/// Neither a default that the user has saved nor a colour map that is there is changed.
#ifndef Plugin_FirstPicture_h
#define Plugin_FirstPicture_h

class vtkPVXMLElement;
class vtkSMProxy;
class vtkSMSourceProxy;
class vtkSMViewProxy;

/// An output in a view, and the display that shows it.
struct ShownOutput
{
  vtkSMSourceProxy* Producer;
  int Port;
  vtkSMViewProxy* View;
};

/// The hint that fits, or null. The output must be up to date.
vtkPVXMLElement* FindFirstPicture(const ShownOutput& shown);

/// Sets up a display that is not registered yet, so that ParaView makes its colour map.
void SetUpDisplay(vtkPVXMLElement& picture, const ShownOutput& shown, vtkSMProxy& display);

/// Sets up a view that shows nothing else.
void SetUpView(vtkPVXMLElement& picture, vtkSMViewProxy& view);

#endif
