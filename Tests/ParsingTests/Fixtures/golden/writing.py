"""Writes TIFF and PNG bytes for the golden files: plain containers, so that each cell of the table has just what it names."""
import struct, zlib
import numpy as np


def packed(block, bits, kind, order):
    """Rows of samples (rows, columns, samples) as stored bytes; each row starts on a byte."""
    if kind == 3 and bits == 24:  # 1 sign, 7 exponent, 16 fraction bits
        single = block.astype("<f4").view("<u4").astype(np.int64)
        exponent = (single >> 23 & 255) - 127 + 63
        word = np.where(single & 0x7FFFFFFF, (single >> 31) << 23 | exponent << 16 | (single & 0x7FFFFF) >> 7, 0)
        return packed(word, 24, 1, order)
    if kind == 3:
        return block.astype(order + "f%d" % (bits // 8)).tobytes()
    if bits == 24:
        four = block.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3]
        return (four if order == "<" else four[:, ::-1]).tobytes()
    if bits in (8, 16, 32, 64):
        return block.astype(order + ("i" if kind == 2 else "u") + "%d" % (bits // 8)).tobytes()
    flat = block.reshape(block.shape[0], -1).astype(np.int64)
    stream = (flat[:, :, None] >> np.arange(bits - 1, -1, -1) & 1).reshape(len(flat), -1).astype(np.uint8)
    return np.packbits(stream, axis=1).tobytes()


def blocks(array, tile, rows, planar):
    """The blocks of a page in their order of storage."""
    planes = [array[:, :, k:k + 1] for k in range(array.shape[2])] if planar else [array]
    for plane in planes:
        if not tile:
            yield from (plane[y:y + rows] for y in range(0, len(plane), rows))
            continue
        width, height = tile
        for y in range(0, plane.shape[0], height):
            for x in range(0, plane.shape[1], width):
                part = plane[y:y + height, x:x + width]
                yield np.pad(part, ((0, height - part.shape[0]), (0, width - part.shape[1]), (0, 0)), mode="edge")


def tiff(name, pages, order="<", big=False):
    """Each page is a dict: array (rows, columns, samples), photometric, and what differs from the defaults below."""
    out = bytearray((b"II" if order == "<" else b"MM") + struct.pack(order + ("HHHQ" if big else "HI"), *((43, 8, 0, 0) if big else (42, 0))))
    link, wide = (8, "Q") if big else (4, "I")
    codes = {1: "B", 2: "B", 3: "H", 4: "I", 5: "I", 12: "d", 11: "f", 16: "Q", 13: "I"}
    for page in pages:
        page = dict(dict(bits=8, kind=1, planar=False, tile=None, rows=8, compression=1, encode=lambda data: data, tags={}, extra=()), **page)
        array = page["array"]
        height, width, samples = array.shape
        bits, planar = page["bits"], page["planar"]
        if "blobs" in page:
            blobs = page["blobs"]
        else:
            blobs = [page["encode"](packed(block, bits, page["kind"], order)) for block in blocks(array, page["tile"], page["rows"], planar)]
        offsets = []
        for blob in blobs:
            offsets.append(len(out))
            out += blob + b"\0" * (len(blob) % 2)
        tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [bits] * samples), 259: (3, [page["compression"]]),
                262: (3, [page["photometric"]]), 277: (3, [samples]), 284: (3, [2 if planar else 1])}
        if page["kind"] != 1:
            tags[339] = (3, [page["kind"]] * samples)
        if page["extra"]:
            tags[338] = (3, list(page["extra"]))
        if page["tile"]:
            tags.update({322: (4, [page["tile"][0]]), 323: (4, [page["tile"][1]]), 324: (4, offsets), 325: (4, [len(b) for b in blobs])})
        else:
            tags.update({278: (4, [page["rows"]]), 273: (4, offsets), 279: (4, [len(b) for b in blobs])})
        tags.update(page["tags"])
        entries = []
        for tag, (kind, values) in sorted(tags.items()):
            data = struct.pack(order + "%d%s" % (len(values), codes[kind]), *values)
            count = len(values) // 2 if kind == 5 else len(values)
            if len(data) > struct.calcsize(wide):
                place = len(out)
                out += data + b"\0" * (len(data) % 2)
                data = struct.pack(order + wide, place)
            entries.append(struct.pack(order + "HH" + wide, tag, kind, count) + data.ljust(struct.calcsize(wide), b"\0"))
        struct.pack_into(order + wide, out, link, len(out))
        out += struct.pack(order + ("Q" if big else "H"), len(entries)) + b"".join(entries)
        link = len(out)
        out += struct.pack(order + wide, 0)
    open(name, "wb").write(out)


def packbits(data):
    """Literal runs and, where bytes repeat, repeat runs."""
    out, at = bytearray(), 0
    while at < len(data):
        run = 1
        while run < 128 and at + run < len(data) and data[at + run] == data[at]:
            run += 1
        if run > 2:
            out += bytes((257 - run, data[at]))
        else:
            out += bytes((run - 1,)) + data[at:at + run]
        at += run
    return bytes(out)


def png(name, array, colour, bits, interlaced=False, chunks=()):
    """A PNG without filters; Adam7 when interlaced. `chunks` stand before the pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)] if interlaced else [(0, 0, 1, 1)]
    raw = b""
    for y, x, down, across in passes:
        part = array[y::down, x::across]
        if part.size:
            raw += b"".join(b"\0" + packed(part[row:row + 1], bits, 1, ">") for row in range(len(part)))
    header = struct.pack(">IIBBBBB", array.shape[1], array.shape[0], bits, colour, 0, 0, int(interlaced))
    open(name, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunk(*c) for c in chunks)
                           + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))
