#pragma once

#include <cstddef>

/// What the register has of the operating system.
namespace proviso::service {

/// From the system's generator. Where it has none the program ends: nothing that is issued could be relied on.
void fill_random(unsigned char* bytes, std::size_t count);

}  // namespace proviso::service
