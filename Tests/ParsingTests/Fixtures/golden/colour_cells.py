"""TIFF: colour models."""
import io, os, zlib
import numpy as np
from PIL import Image
from oracle import *
from writing import tiff


def colours():
    tiles = {"tile": (16, 16)}
    for bits in (1, 2, 4, 8, 16):
        entries = 1 << bits
        index = np.round(GREY * (min(entries, 200) - 1)).astype(np.uint64)
        ramp = np.arange(entries) % 256
        map16 = np.stack([ramp, 255 - ramp, ramp * 7 % 256]).astype(int)
        page = dict(array=index, photometric=3, bits=bits, tags={320: (3, [int(v) * 257 for v in map16.reshape(-1)])}, **deflate)
        if bits == 16:  # 65536 entries of three colours would be all of the file
            continue
        expected = map16.T[index[:, :, 0].astype(int)]
        cell("palette-%dbit" % bits, page, expected)
        cell("palette-%dbit-tile" % bits, dict(page, **tiles), expected)
        if bits == 8:
            cell("palette-8bit-narrow", dict(page, tags={320: (3, [int(v) for v in map16.reshape(-1)])}), expected)
            alpha = whole(P[:, :, 3:4], 8)
            cell("palette-8bit-alpha", dict(page, array=np.dstack([index, alpha]), extra=(2,)), over_white(expected, alpha))
    ink = np.stack([1 - P[:, :, 0], 1 - P[:, :, 1], 1 - P[:, :, 2], P[:, :, 3] * 0.5], axis=2)
    for bits in (8, 16):
        stored = whole(ink, bits)
        light = 255 - level(stored, bits)
        expected = light[:, :, :3] * light[:, :, 3:] / 255
        page = dict(array=stored, photometric=5, bits=bits, **deflate)
        for name, more in (("", {}), ("-planar", {"planar": True}), ("-tile", tiles), ("-planar-tile", dict(planar=True, **tiles))):
            cell("cmyk-%dbit%s" % (bits, name), dict(page, **more), expected, top=2)
        if bits == 8:
            alpha = whole(P[:, :, 3:4], 8)
            cell("cmyk-8bit-alpha", dict(page, array=np.dstack([stored, alpha]), extra=(2,)), over_white(expected, alpha))
            cell("cmy-8bit", dict(page, array=stored[:, :, :3]), light[:, :, :3])
            for codec in ("lzw:2", "jpeg"):
                target = "cmyk-8bit-%s.tif" % codec.replace(":", "")
                run("tiffcp", "-c", codec, "-r", "16", "cmyk-8bit.tif", target)
                add(target, expected, **({} if codec != "jpeg" else {"mean": 1, "top": 6, "written": (6, 60)}))
    for bits in (8, 16):
        stored = whole(P, bits)
        expected = over_white(level(stored[:, :, :3], bits), level(stored[:, :, 3:], bits))
        multiplied = np.dstack([whole(P[:, :, :3] * P[:, :, 3:], bits), stored[:, :, 3:]])
        page = dict(array=stored, photometric=2, bits=bits, extra=(2,), **deflate)
        for name, more in (("", {}), ("-planar", {"planar": True}), ("-tile", tiles), ("-planar-tile", dict(planar=True, **tiles))):
            cell("rgba-%dbit%s" % (bits, name), dict(page, **more), expected, top=2)
            cell("rgba-associated-%dbit%s" % (bits, name), dict(page, array=multiplied, extra=(1,), **more), expected, top=2)
        cell("rgb-unspecified-%dbit" % bits, dict(page, extra=(0,)), level(stored[:, :, :3], bits))
        grey = np.dstack([whole(GREY, bits), stored[:, :, 3:]])
        cell("grey-alpha-%dbit" % bits, dict(page, array=grey, photometric=1), over_white(level(grey[:, :, :1], bits), level(stored[:, :, 3:], bits)))
        cell("white-alpha-%dbit" % bits, dict(page, array=grey, photometric=0), over_white(255 - level(grey[:, :, :1], bits), level(stored[:, :, 3:], bits)))
    cell("rgb-two-extra", dict(array=whole(np.dstack([P, P[:, :, :1]]), 8), photometric=2, extra=(0, 2), **deflate),
         over_white(level(whole(P[:, :, :3], 8), 8), level(whole(P[:, :, :1], 8), 8)))


def luma_chroma():
    def ycc(pixels):
        r, g, b = (pixels[:, :, k] * 255 for k in range(3))
        y = 0.299 * r + 0.587 * g + 0.114 * b
        return np.clip(np.round(np.stack([y, (b - y) / 1.772 + 128, (r - y) / 1.402 + 128], axis=2)), 0, 255)
    smooth = np.dstack([P[:, :, :2], P[:, :, :1] * 0.5 + 0.2])
    tags = {530: (3, [1, 1]), 532: (5, [0, 1, 255, 1, 128, 1, 255, 1, 128, 1, 255, 1])}
    page = dict(array=ycc(smooth), photometric=6, tags=tags, **deflate)
    for name, more in (("", {}), ("-planar", {"planar": True}), ("-tile", {"tile": (16, 16)}), ("-planar-tile", {"planar": True, "tile": (16, 16)})):
        cell("ycc-1x1" + name, dict(page, **more), smooth * 255, mean=1, top=3)
    cell("ycc-1x1-video", dict(page, array=np.round(ycc(smooth) * [219 / 255, 224 / 254, 224 / 254] + [16, 128 - 128 * 224 / 254, 128 - 128 * 224 / 254]),
                               tags=tags | {532: (5, [16, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1])}), smooth * 255, mean=1.2, top=4)
    even = np.dstack([Q[:, :, :2], Q[:, :, :1] * 0.5 + 0.2])
    for across, down in ((2, 1), (2, 2), (4, 2), (4, 4), (1, 2)):
        full = ycc(even)
        small = full[:, :, 1:].reshape(HIGH // down, down, WIDE // across, across, 2).mean(axis=(1, 3)).round()
        luma = full[:, :, 0].reshape(HIGH // down, down, WIDE // across, across).transpose(0, 2, 1, 3).reshape(HIGH // down, WIDE // across, -1)
        units = np.dstack([luma, small]).astype(np.uint8)
        restored = np.dstack([full[:, :, :1], np.repeat(np.repeat(small, down, 0), across, 1)])
        y, cb, cr = restored[:, :, 0], restored[:, :, 1] - 128, restored[:, :, 2] - 128
        expected = np.stack([y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb], axis=2)
        blobs = [zlib.compress(units[at:at + 8 // down].tobytes(), 9) for at in range(0, HIGH // down, 8 // down)]
        cell("ycc-%dx%d" % (across, down), dict(array=full, photometric=6, blobs=blobs, rows=8, compression=8, tags=tags | {530: (3, [across, down])}),
             expected, mean=1, top=3)
    image = Image.fromarray(rgb(even * 255))
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        # Old JPEG: a whole JPEG file inside, named by JPEGInterchangeFormat.
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=92, subsampling=sampling)
        data, units = stream.getvalue(), {"4:4:4": (1, 1), "4:2:2": (2, 1), "4:2:0": (2, 2)}[sampling]
        name = "oldjpeg-%dx%d" % units
        tags = {530: (3, list(units)), 512: (3, [1]), 513: (4, [8]), 514: (4, [len(data)])}
        cell(name, dict(array=ycc(even), photometric=6, blobs=[data], rows=HIGH, compression=6, tags=tags), even * 255, mean=2, top=12, written=(6, 60))
    tiff("wide-none.tif", [dict(array=whole(even, 8), photometric=2)])
    for layout, options in (("strip", ["-r", "16"]), ("tile", ["-t", "-w", "16", "-l", "16"])):
        # libtiff's own JPEG codec halves the chroma.
        run("tiffcp", "-c", "jpeg:90", *options, "wide-none.tif", "ycc-jpeg-%s.tif" % layout)
        add("ycc-jpeg-%s.tif" % layout, even * 255, mean=1, top=6, written=(20, 255))
    os.remove("wide-none.tif")


def lab():
    y, x = np.mgrid[0:H, 0:W].astype(float)
    value = np.stack([20 + 70 * x / (W - 1), 30 * np.sin(y / 6), 40 * np.cos(x / 9)], axis=2)  # L*, a*, b*

    def srgb(lab):
        fy = (lab[:, :, 0] + 16) / 116
        f = np.stack([fy + lab[:, :, 1] / 500, fy, fy - lab[:, :, 2] / 200], axis=2)
        xyz = np.where(f > 6 / 29, f ** 3, (f - 4 / 29) * 3 * (6 / 29) ** 2) * [0.96422, 1, 0.82521]
        linear = np.clip(xyz @ np.array([[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]]).T, 0, 1)
        return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    for bits, unit, top in ((8, 1, 255), (16, 256, 65535)):
        light = value[:, :, :1] / 100
        signed = np.round(value[:, :, 1:] * unit).astype(np.int64) & top
        forms = {"cie": (8, np.dstack([np.round(light * top), signed])),
                 "icc": (9, np.dstack([np.round(light * (65280 if bits == 16 else 255)), np.round((value[:, :, 1:] + 128) * unit)])),
                 "itu": (10, np.dstack([np.round(light * top), np.round((value[:, :, 1:2] + 128 * 170 / 255) * top / 170), np.round((value[:, :, 2:] + 96 * 200 / 255) * top / 200)]))}
        for name, (photometric, stored) in forms.items():
            ab = stored[:, :, 1:]
            light = stored[:, :, :1] * 100 / (65280 if name == "icc" and bits == 16 else top)
            ab = {"cie": (ab - (ab > top // 2) * (top + 1)) / unit, "icc": ab / unit - 128, "itu": (ab * 255 / top - [128, 96]) * [170 / 255, 200 / 255]}[name]
            expected = srgb(np.dstack([light, ab]))
            for layout, more in (("", {}), ("-planar", {"planar": True}), ("-tile", {"tile": (16, 16)})):
                cell("lab-%s-%dbit%s" % (name, bits, layout), dict(array=stored, photometric=photometric, bits=bits, **more, **deflate), expected,
                     top=6 if bits == 8 else 2, written=(1, 6))
