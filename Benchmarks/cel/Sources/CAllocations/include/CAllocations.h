#pragma once

#include <stdint.h>

/// How many blocks of memory this process asked for since it started; negative where that is not counted.
int64_t allocation_count(void);
