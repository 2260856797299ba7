#pragma once

#include "service/register/readers.hpp"
#include "service/register/register.hpp"

namespace proviso::service {

/// Looks at what was written before it began; writing may go on meanwhile.
Answer<Found> verify_register(Readers& readers);

}  // namespace proviso::service
