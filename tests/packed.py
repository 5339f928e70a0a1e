# SPDX-License-Identifier: Apache-2.0
"""Bytes packed as zstd has them, for tests: Python has no library for it. Nothing gets smaller."""
import struct


def zstd(content):
    """A frame of blocks that are stored as they are: enough to see that it is unpacked."""
    blocks = [content[i:i + (1 << 17)] for i in range(0, len(content), 1 << 17)] or [b""]
    packed = struct.pack("<IBB", 0xFD2FB528, 0, 0x38)
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        packed += struct.pack("<I", last | len(block) << 3)[:3] + block
    return packed
