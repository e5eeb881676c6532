# SPDX-License-Identifier: BSD-3-Clause
# Builds on Debian or Ubuntu for 64-bit ARM processors, and runs what was built under qemu
# (docs/testing.md says what to install).
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# The libraries of both processors lie side by side, in folders named after them.
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(ENV{PKG_CONFIG_LIBDIR} "/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig")

find_program(SCOREFIELDS_QEMU NAMES qemu-aarch64-static qemu-aarch64
  DOC "Runs programs for 64-bit ARM processors")
if (SCOREFIELDS_QEMU)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${SCOREFIELDS_QEMU}")
endif ()
