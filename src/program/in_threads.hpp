#pragma once

#include <cstddef>
#include <functional>

namespace proviso::program {

/// Does the work in this thread and in as many others as make `count` together: in fewer, where no more can be started,
/// so the work takes what there is to do from what the threads share. Comes back once all are done. Where the work of
/// one throws it calls `stop`, once, which lets the others end before their time, and throws the same once they have.
void in_threads(std::size_t count, const std::function<void()>& work, const std::function<void()>& stop = {});

}  // namespace proviso::program
