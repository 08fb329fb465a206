#pragma once

/// MTA_EXPORT marks what a shared build of mta shows to its users; everything else stays hidden.
#if defined(MTA_STATIC)
#define MTA_EXPORT
#else
#define MTA_EXPORT __attribute__((visibility("default")))
#endif
