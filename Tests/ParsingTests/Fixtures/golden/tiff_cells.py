"""TIFF: codecs, layouts, depths and whole files."""
import ctypes, struct, zlib
import numpy as np
import tifffile
from PIL import Image
from oracle import *
from writing import tiff, packbits, packed


def by_tiffcp():
    """Every codec that tiffcp writes, over strips and tiles, together and apart."""
    tiff("rgb-none-strip.tif", [RGB8])
    tiff("grey-none-strip.tif", [GREY8])
    tiff("white-none-strip.tif", [WHITE1])
    tiff("black-none-strip.tif", [BLACK1])
    for name, page in (("rgb", RGB8), ("grey", GREY8), ("white", WHITE1), ("black", BLACK1)):
        value = level(page["array"], page.get("bits", 8))
        add(name + "-none-strip.tif", 255 - value if name == "white" else value)
    layouts = {"strip": ["-s", "-r", "8"], "tile": ["-t", "-w", "16", "-l", "16"]}
    exact, lossy = {}, {"mean": 1, "top": 6, "written": (20, 255)}
    codecs = {"none": exact, "lzw": exact, "lzw:2": exact, "zip": exact, "zip:2": exact, "packbits": exact, "zstd": exact, "zstd:2": exact,
              "lzma": exact, "lerc:0": exact, "jpeg": lossy, "webp:p100": lossy}
    for codec, tolerance in codecs.items():
        for layout, options in layouts.items():
            for source in ("rgb", "grey", "rgb-planar"):
                if codec.startswith("webp") and source != "rgb" or codec == "none" and layout == "strip" and source != "rgb-planar":
                    continue
                target = "%s-%s-%s.tif" % (source, codec.replace(":", ""), layout)
                planar = ["-p", "separate"] if source == "rgb-planar" else ["-p", "contig"]
                kind = codec + (":r:90" if codec == "jpeg" and source == "rgb-planar" else "")
                rows = ["-s", "-r", "16"] if codec == "jpeg" and layout == "strip" else options
                run("tiffcp", "-c", kind, *planar, *rows, source.split("-")[0] + "-none-strip.tif", target)
                page = GREY8 if source == "grey" else RGB8
                add(target, level(page["array"], 8), **tolerance)
    run("tiffcp", "-c", "jpeg:r:90", "-r", "16", "rgb-none-strip.tif", "rgb-jpeg-asrgb.tif")
    add("rgb-jpeg-asrgb.tif", level(RGB8["array"], 8), **lossy)
    for codec in ("g3:1d", "g3:2d", "g3:1d:fill", "g3:2d:fill", "g4", "packbits", "lzw", "zip"):
        for source in ("white", "black"):
            for layout, options in layouts.items():
                if codec.startswith("g3") and layout == "tile":
                    continue
                target = "%s-%s-%s.tif" % (source, codec.replace(":", ""), layout)
                run("tiffcp", "-c", codec, *options, source + "-none-strip.tif", target)
                add(target, level(LINES.astype(np.uint64), 1))
    for codec in ("none", "g3:1d", "g4", "lzw"):
        target = "white-%s-lowbitfirst.tif" % codec.replace(":", "")
        run("tiffcp", "-c", codec, "-f", "lsb2msb", "white-none-strip.tif", target)
        add(target, level(LINES.astype(np.uint64), 1))
    Image.fromarray(LINES[:, :, 0]).save("white-rle-strip.tif", compression="tiff_ccitt")
    add("white-rle-strip.tif", level(LINES.astype(np.uint64), 1))
    for name, options in (("bigtiff", ["-8"]), ("bigendian", ["-B"]), ("onestrip", ["-r", "1000"]), ("manystrips", ["-r", "1"])):
        run("tiffcp", "-c", "zip", *options, "rgb-none-strip.tif", "rgb-%s.tif" % name)
        add("rgb-%s.tif" % name, level(RGB8["array"], 8))


def depths():
    tiles = {"tile": (16, 16)}
    for bits in (1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 24, 32, 64):
        value = whole(GREY, min(bits, 32)) << (np.uint64(32) if bits == 64 else np.uint64(0))
        expected = level(whole(GREY, min(bits, 32)), min(bits, 32))
        page = dict(array=value, photometric=1, bits=bits, **deflate)
        cell("grey-%dbit" % bits, page, expected)
        cell("grey-%dbit-white" % bits, dict(page, photometric=0), 255 - expected)
        if bits in (1, 2, 4, 12, 16, 32):
            cell("grey-%dbit-tile" % bits, dict(page, **tiles), expected)
            # A tile that ends inside a byte.
            cell("grey-%dbit-bigendian" % bits, page, expected, order=">")
        if bits in (2, 4, 8, 10, 12, 14, 16, 24, 32):
            colours = whole(P[:, :, :3], bits)
            page = dict(array=colours, photometric=2, bits=bits, **deflate)
            cell("rgb-%dbit" % bits, page, level(colours, bits))
            cell("rgb-%dbit-planar" % bits, dict(page, planar=True), level(colours, bits))
            if bits in (4, 16):
                cell("rgb-%dbit-tile" % bits, dict(page, **tiles), level(colours, bits))
                cell("rgb-%dbit-planar-tile" % bits, dict(page, planar=True, **tiles), level(colours, bits))
    for bits in (8, 16, 32):
        half = np.uint64(1 << (bits - 1))
        stored = (whole(GREY, bits).astype(np.int64) - int(half))
        cell("grey-signed%d" % bits, dict(array=stored, photometric=1, bits=bits, kind=2, **deflate), level(whole(GREY, bits), bits))
        stored = (whole(P[:, :, :3], bits).astype(np.int64) - int(half))
        cell("rgb-signed%d" % bits, dict(array=stored, photometric=2, bits=bits, kind=2, **deflate), level(whole(P[:, :, :3], bits), bits))
    cell("grey-signed16-range", dict(array=np.round(GREY * 3000 - 500).astype(np.int64), photometric=1, bits=16, kind=2,
                                     tags={340: (11, [-500]), 341: (11, [2500])}, **deflate), GREY * 255)
    for source, options in (("grey-16bit", "zip:2"), ("rgb-16bit", "lzw:2"), ("grey-32bit", "zip:2")):
        run("tiffcp", "-c", options, source + ".tif", source + "-predictor.tif")
        page = GREY if source.startswith("grey") else P[:, :, :3]
        add(source + "-predictor.tif", page * 255)


def reals():
    for bits in (16, 24, 32, 64):
        for name, top in (("unit", 1), ("255", 255), ("65535", 65535)):
            if bits <= 24 and top == 65535:
                continue  # half floats end at 65504
            cell("grey-float%d-%s" % (bits, name), dict(array=GREY / GREY.max() * top, photometric=1, bits=bits, kind=3, **deflate), GREY / GREY.max() * 255)
    cell("grey-float32-1000", dict(array=GREY / GREY.max() * 1000, photometric=1, bits=32, kind=3, **deflate), GREY / GREY.max() * 255 * 1000 / 1023)
    spread = GREY * 300 - 120
    stretched = (spread - spread.min()) / (spread.max() - spread.min()) * 255
    cell("grey-float32-stretched", dict(array=spread, photometric=1, bits=32, kind=3, **deflate), stretched)
    cell("grey-float32-stated", dict(array=spread, photometric=1, bits=32, kind=3, tags={340: (11, [-120]), 341: (11, [180])}, **deflate), GREY * 255)
    holes = GREY.copy()
    holes[5:9, 5:9] = np.nan
    cell("grey-float32-holes", dict(array=holes, photometric=1, bits=32, kind=3, **deflate), np.nan_to_num(holes) * 255)
    cell("white-float32", dict(array=GREY, photometric=0, bits=32, kind=3, **deflate), 255 - GREY * 255)
    for name, more in (("", {}), ("-planar", {"planar": True}), ("-tile", {"tile": (16, 16)}), ("-planar-tile", {"planar": True, "tile": (16, 16)})):
        cell("rgb-float32" + name, dict(array=P[:, :, :3], photometric=2, bits=32, kind=3, **more, **deflate), P[:, :, :3] * 255)
    cell("cmyk-float32", dict(array=1 - np.dstack([P[:, :, :3], np.ones((H, W))]), photometric=5, bits=32, kind=3, **deflate), P[:, :, :3] * 255)
    run("tiffcp", "-c", "zip:3", "rgb-float32.tif", "rgb-float32-predictor.tif")
    add("rgb-float32-predictor.tif", P[:, :, :3] * 255)


def by_libtiff():
    """Codecs that only the library writes."""
    library = ctypes.CDLL("libtiff.so.6")
    library.TIFFOpen.restype = ctypes.c_void_p

    def write(name, rows, tags, strip=None):
        handle = ctypes.c_void_p(library.TIFFOpen(name.encode(), b"w"))
        for tag, value in tags:
            library.TIFFSetField(handle, ctypes.c_uint32(tag), value)
        if strip:
            assert library.TIFFWriteEncodedStrip(handle, ctypes.c_uint32(0), strip, ctypes.c_long(len(strip))) == len(strip), name
        for index, row in enumerate(rows):
            assert library.TIFFWriteScanline(handle, row, ctypes.c_uint32(index), ctypes.c_uint16(0)) == 1, name
        library.TIFFClose(handle)
    size = [(256, W), (257, H), (278, 8), (284, 1)]
    # libtiff loses the alignment of words in rows of many other widths, also in files of its own.
    y, x = np.mgrid[0:29, 0:37]
    wide = ((x // 3 + y // 4) % 2 == 0)[:, :, None]
    write("white-rlew-strip.tif", [packed((~row[None]).astype(np.uint64), 1, 1, "<") for row in wide], [(256, 37), (257, 29)] + size[2:] + [(258, 1), (277, 1), (259, 32771), (262, 0)])
    add("white-rlew-strip.tif", level(wide.astype(np.uint64), 1))
    write("white-jbig-strip.tif", [], [(256, W), (257, H), (278, H), (284, 1), (258, 1), (277, 1), (259, 34661), (262, 0)], packed(WHITE1["array"], 1, 1, "<"))
    add("white-jbig-strip.tif", level(LINES.astype(np.uint64), 1))
    write("rgb-pixarlog-strip.tif", [bytes(row.astype(np.uint8)) for row in RGB8["array"]], size + [(258, 8), (277, 3), (259, 32909), (262, 2), (65549, 0)])
    add("rgb-pixarlog-strip.tif", level(RGB8["array"], 8), top=3)
    # High dynamic range: CIE XYZ in; libtiff shows it with a gamma of 2.
    linear = (P[:, :, :3] * 0.8 + 0.1) ** 2
    xyz = (linear @ np.linalg.inv([[2.690, -1.276, -0.414], [-1.022, 1.978, 0.044], [0.061, -0.224, 1.163]]).T).astype("<f4")
    for name, code, photometric in (("sgilog", 34676, 32845), ("sgilog24", 34677, 32845)):
        write("luv-%s.tif" % name, [row.tobytes() for row in xyz], size + [(258, 32), (277, 3), (339, 3), (259, code), (262, photometric), (65560, 0)])
        add("luv-%s.tif" % name, np.sqrt(linear) * 255, mean=2, top=12 if code == 34676 else 32)
    write("grey-sgilog.tif", [row.astype("<f4").tobytes() for row in xyz[:, :, 1]], size + [(258, 32), (277, 1), (339, 3), (259, 34676), (262, 32844), (65560, 0)])
    add("grey-sgilog.tif", np.sqrt(xyz[:, :, 1:2]) * 255, mean=1, top=3)


def by_hand():
    """Two forgotten codecs, in their simplest form: every pixel as it is."""
    nibbles = whole(GREY, 4)[:, :, 0]
    data = b"".join(bytes(0xC0 | int(v) for v in row) for row in nibbles)
    cell("grey-thunderscan", dict(array=nibbles[:, :, None], photometric=1, bits=4, blobs=[data], rows=H, compression=32809), level(nibbles[:, :, None], 4))
    quarter = whole(GREY, 2)
    data = b"".join(b"\0" + packed(row[None], 2, 1, ">") for row in quarter)
    cell("grey-next", dict(array=quarter, photometric=1, bits=2, blobs=[data], rows=H, compression=32766), level(quarter, 2))


def files():
    """Orientation, several pages, thumbnails, sub-IFDs, resolution, BigTIFF, byte order."""
    for turn in range(1, 9):
        stored = whole(P[:, :, :3], 8)
        cell("turned-%d" % turn, dict(array=stored, photometric=2, tags={274: (3, [turn])}, **deflate), upright(level(stored, 8), turn))
    pages = [dict(RGB8, **deflate), dict(GREY8, **deflate), dict(WHITE1, **deflate)]
    small = dict(array=whole(P[::4, ::4, :3], 8), photometric=2, tags={254: (4, [1])}, **deflate)
    tiff("three-pages.tif", [pages[0], small, pages[1], small, pages[2]])
    for number, (array, bits) in enumerate(((RGB8["array"], 8), (GREY8["array"], 8), (LINES.astype(np.uint64), 1)), 1):
        expected = level(array, bits)
        before = len(table)
        add("three-pages.tif", expected, page=(1, 3, 5)[number - 1])
        table[before] = (table[before][0], number) + table[before][2:]  # the tools count thumbnails
    with tifffile.TiffWriter("sub-ifds.tif") as writer:
        writer.write(whole(P[:, :, :3], 8).astype(np.uint8), photometric="rgb", subifds=2, resolution=(300, 300, "INCH"))
        writer.write(whole(P[::2, ::2, :3], 8).astype(np.uint8), photometric="rgb", subfiletype=1)
        writer.write(whole(P[::4, ::4, :3], 8).astype(np.uint8), photometric="rgb", subfiletype=1)
        writer.write(whole(GREY[:, :, 0], 8).astype(np.uint8), photometric="minisblack")
    add("sub-ifds.tif", level(RGB8["array"], 8))
    add("sub-ifds.tif", level(GREY8["array"], 8), page=2)
    for order, word in (("<", "little"), (">", "big")):
        for bits in (8, 16):
            stored = whole(P[:, :, :3], bits)
            cell("big-%s-%dbit" % (word, bits), dict(array=stored, photometric=2, bits=bits, **deflate), level(stored, bits), order=order, big=True)
    cell("resolution", dict(GREY8, tags={282: (5, [300, 1]), 283: (5, [300, 1]), 296: (3, [2])}, **deflate), level(GREY8["array"], 8))
    cell("packbits-hand", dict(GREY8, compression=32773, encode=packbits), level(GREY8["array"], 8))


extra_files = set()


def cut_files():
    """Pages whose one strip the end of the file cuts, for TruncationTests.swift: no rows of the table."""
    tiff("one-strip.tif", [dict(WHITE1, rows=H)])
    tiff("one-grey-strip.tif", [dict(GREY8, rows=H)])
    for codec in ("zip", "lzw", "packbits", "g4", "jpeg"):
        source, target = ("one-strip.tif" if codec == "g4" else "one-grey-strip.tif"), "cut.tif"
        run("tiffcp", "-c", codec, "-r", "1000", source, target)
        with tifffile.TiffFile(target) as file:
            page = file.pages[0]
            place, (offset,), (count,) = page.tags[273].valueoffset, page.dataoffsets, page.databytecounts
        data = bytearray(open(target, "rb").read())
        struct.pack_into("<I", data, place, len(data))
        for share, word in ((30, "few"), (95 if codec == "jpeg" else 85, "most")):
            kept = "cut-%s-%s.tif" % (codec, word)
            open(kept, "wb").write(data + data[offset:offset + count * share // 100])
            extra_files.add(kept)
