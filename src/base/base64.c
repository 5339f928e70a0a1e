/* SPDX-License-Identifier: Apache-2.0 */
/* Writing base64, for messages that show binaries. */
#include "base/base64.h"

void base64_print(str bytes, buffer *out)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t rest = bytes.len - i;
        uint32_t three = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
        if (rest > 1)
            three |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
        if (rest > 2)
            three |= (unsigned char)bytes.ptr[i + 2];
        const char four[] = {alphabet[three >> 18], alphabet[three >> 12 & 63],
                             rest > 1 ? alphabet[three >> 6 & 63] : '=', rest > 2 ? alphabet[three & 63] : '='};
        buffer_put(out, str_of(four, sizeof four));
    }
}
