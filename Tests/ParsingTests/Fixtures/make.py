#!/usr/bin/env python3
"""Makes the picture fixtures: Python's standard library writes plain TIFF and PNG, tiffcp (libtiff-tools) compresses."""
import struct, subprocess, zlib, os

os.chdir(os.path.dirname(os.path.abspath(__file__)))
W, H = 24, 16


def tiff(name, pages, orientation=1):
    """Little-endian, one strip per page; a page is (photometric, bits per sample, samples, bytes)."""
    out, link = bytearray(b"II*\0\0\0\0\0"), 4
    for photometric, bits, samples, data in pages:
        strip = len(out)
        out += data + b"\0" * (len(data) % 2)
        deep = len(out)
        out += struct.pack("<%dH" % samples, *[bits] * samples) + b"\0" * (samples * 2 % 4)
        tags = [(256, 3, 1, W), (257, 3, 1, H), (258, 3, samples, bits if samples == 1 else deep), (259, 3, 1, 1),
                (262, 3, 1, photometric), (273, 4, 1, strip), (274, 3, 1, orientation), (277, 3, 1, samples), (278, 3, 1, H),
                (279, 4, 1, len(data)), (284, 3, 1, 1)]
        struct.pack_into("<I", out, link, len(out))
        out += struct.pack("<H", len(tags))
        for tag, kind, count, value in tags:
            packed = struct.pack("<HH", value, 0) if kind == 3 and value < 65536 and not (tag == 258 and samples > 2) else struct.pack("<I", value)
            out += struct.pack("<HHI", tag, kind, count) + packed
        link = len(out)
        out += struct.pack("<I", 0)
    open(name, "wb").write(out)


def tiffcp(source, target, *options):
    subprocess.run(["tiffcp", *options, source, target], check=True)


def png(name, colour, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + row for row in rows)
    open(name, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, 8, colour, 0, 0, 0))
                           + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def jpeg(name, source, orientation):
    """libtiff keeps the tables apart from the picture; joined, they are a JPEG file."""
    bytes_ = open(source, "rb").read()
    directory, = struct.unpack_from("<I", bytes_, 4)
    found = {}
    for entry in range(struct.unpack_from("<H", bytes_, directory)[0]):
        tag, _, count, value = struct.unpack_from("<HHII", bytes_, directory + 2 + entry * 12)
        found[tag] = (count, value)
    tables = bytes_[found[347][1]:][:found[347][0]]
    strip = bytes_[found[273][1]:][:found[279][1]]
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHHI", 0x112, 3, 1, orientation, 0, 0)
    open(name, "wb").write(tables[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + tables[2:-2] + strip[2:])


grey = bytes(x * 10 for y in range(H) for x in range(W))
# Red left half, blue right half, the top quarter green.
rgb = b"".join(bytes((0, 255, 0) if y < H // 4 else (255, 0, 0) if x < W // 2 else (0, 0, 255)) for y in range(H) for x in range(W))
cmyk = bytes((0, 255, 255, 0)) * (W * H)
bilevel = b"".join(bytes((0xFF, 0, 0)) for _ in range(H))

tiff("plain.tif", [(0, 1, 1, bilevel), (0, 1, 1, bytes(W // 8 * H))])
tiffcp("plain.tif", "g4-two-pages.tif", "-c", "g4")
tiff("grey.tif", [(1, 8, 1, grey)])
tiff("rgb.tif", [(2, 8, 3, rgb)])
tiff("cmyk.tif", [(5, 8, 4, cmyk)])
tiffcp("rgb.tif", "lzw.tif", "-c", "lzw:2")
tiff("turned-6.tif", [(2, 8, 3, rgb)], orientation=6)
tiffcp("rgb.tif", "tables.tif", "-c", "jpeg:r:95", "-r", "16")
jpeg("turned-6.jpg", "tables.tif", 6)
png("rgb.png", 2, [rgb[y * W * 3:(y + 1) * W * 3] for y in range(H)])
png("clear.png", 6, [bytes((0, 0, 0, 0)) * W for _ in range(H)])
os.remove("plain.tif")
os.remove("tables.tif")
