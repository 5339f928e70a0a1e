/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 with padding and the standard alphabet, as DynamoDB JSON writes binaries. */
#ifndef DDBEXPR_BASE_BASE64_H
#define DDBEXPR_BASE_BASE64_H

#include "base/buffer.h"

void base64_print(str bytes, buffer *out);

#endif
