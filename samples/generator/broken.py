"""The folder `old_disk`: files of the kinds that go wrong in old archives, and what Shogo should say of them."""
import io
import struct

import numpy as np
from PIL import Image


def encoded(image, **options):
    out = io.BytesIO()
    image.save(out, **options)
    return out.getvalue()


def cgm():
    """A small binary CGM, version 1: a metafile with one picture of two lines."""
    def command(group, number, data=b""):
        head = group << 12 | number << 5
        pad = b"\0" * (len(data) % 2)
        return struct.pack(">H", head | len(data)) + data + pad if len(data) < 31 else struct.pack(">HH", head | 31, len(data)) + data + pad

    def text(s):
        return bytes([len(s)]) + s.encode("ascii")
    points = struct.pack(">6h", 1000, 1000, 20000, 1000, 20000, 14000)
    return b"".join([
        command(0, 1, text("PUMP-1023")), command(1, 1, struct.pack(">h", 1)), command(1, 2, text("Shogo sample drawing, not real")),
        command(1, 11, struct.pack(">hhh", 1, -1, 1)), command(0, 3, text("Sheet 1")), command(0, 4),
        command(4, 1, points), command(4, 1, points[4:]), command(0, 5), command(0, 2)])


def make(photo, page):
    """Yields (file name, content, state, reason); `photo` is an RGB picture, `page` a bilevel one."""
    photo = photo.resize((480, 360))
    yield "empty.tif", b"", "quarantined", "empty-file"
    jpeg = encoded(photo, format="JPEG", quality=80)
    yield "IMG_2210.JPG", jpeg[:len(jpeg) * 2 // 5], "quarantined", "truncated"
    tiff = encoded(page.convert("L").resize((600, 848)), format="TIFF", compression="tiff_adobe_deflate")
    yield "scan_0031.tif", damaged_tiff(tiff), "quarantined", "damaged"
    grey = encoded(photo.convert("L").resize((300, 225)), format="TIFF")
    yield "scan_0032.tif", grey[:len(grey) // 2], "quarantined", "truncated"
    png = bytearray(encoded(photo.convert("L").resize((300, 225)), format="PNG", optimize=True))
    at = png.index(b"IDAT")
    for place in range(at + 304, at + 336):  # inside the first rows
        png[place] ^= 0x5A
    yield "screen.png", bytes(png), "quarantined", "damaged"
    yield "drawing.cgm", cgm(), "unsupported", "unsupported-format"
    yield "photo.webp", encoded(photo, format="WEBP", quality=60, method=4), "unsupported", "unsupported-format"
    yield "task_unclosed.dita", (
        '<?xml version="1.0" encoding="UTF-8"?>\n<task id="t_lost">\n  <title>Lubricate the agitator</title>\n  <taskbody>\n    <steps>\n'
        '      <step><cmd>Open the grease nipple.</step>\n    </steps>\n  </taskbody>\n</task>\n').encode(), "quarantined", "not-well-formed"
    names = [f"lol{k}" for k in range(10)]
    entities = '  <!ENTITY lol0 "laughter ">\n' + "".join(
        f'  <!ENTITY {b} "{f"&{a};" * 10}">\n' for a, b in zip(names, names[1:]))
    yield "billion_laughs.xml", (
        f'<?xml version="1.0"?>\n<!DOCTYPE task [\n{entities}]>\n<task id="t_laugh"><title>&lol9;</title></task>\n').encode(), "quarantined", "entity-expansion"
    # Bytes of an NEC mainframe dump: lead bytes without their trail bytes, so no Japanese encoding fits.
    dump = b"\r\n".join(bytes(0x80 | (0x20 + (i * 37 + j * 11) % 0x5F) if (i + j) % 3 else 0xFF for j in range(37)) for i in range(9))
    yield "memo_host.txt", dump, "quarantined", "unknown-encoding"
    yield "blank_task.xml", b'<?xml version="1.0" encoding="UTF-8"?>\n<task><title/></task>\n', "unsupported", "unsupported-format"
    # The head of a compound file, as Windows keeps thumbnails in.
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    body = np.random.default_rng(5).integers(0, 256, 2048 - len(head), dtype=np.uint8).tobytes()
    yield "Thumbs_1.db", head + body, "unsupported", "unsupported-format"


def damaged_tiff(data):
    """Overwrites the middle of the first strip, so that it no longer inflates."""
    image = Image.open(io.BytesIO(data))
    offset, count = image.tag_v2[273][0], image.tag_v2[279][0]
    spoilt = bytearray(data)
    third = count // 3
    spoilt[offset + third:offset + 2 * third] = b"\xA5" * third
    return bytes(spoilt)
