/* SPDX-License-Identifier: Apache-2.0 */
/* Says which version was built. It must know nothing else. */
#include <ddbexpr/version.h>

const char *ddbexpr_version(void) { return DDBEXPR_VERSION; }
