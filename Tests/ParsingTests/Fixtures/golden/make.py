#!/usr/bin/python3
"""Makes the golden files, their reference pixels and golden.tsv, the table that GoldenTests.swift reads.

Files are written by tiffcp, Pillow, cjpeg, tifffile, libtiff itself (through ctypes, where no tool writes a codec) or plainly
(writing.py). References come from Pillow or ImageMagick, whichever first agrees with the pixels that were written; where neither
does, the reference is computed from the array that was written ("numpy"). They share no code with Shogo, but for most codecs
they call libtiff and libjpeg too: an error of those libraries shows only where it differs from what was written.
References are over white paper and upright. Needs /usr/bin/python3 with PIL, numpy, tifffile; libtiff-tools; libjpeg-turbo-progs."""
import os, struct
import numpy as np
from PIL import Image, ImageOps

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for old in os.listdir("."):
    if not old.endswith(".py"):
        os.remove(old) if os.path.isfile(old) else None
from colour_cells import *
from oracle import *
from tiff_cells import *
from writing import png


def jpegs():
    even = np.dstack([Q[:, :, :2], Q[:, :, :1] * 0.5 + 0.2])
    lossy = {"mean": 0.7, "top": 4, "written": (6, 60)}
    for shape, pixels in (("odd", np.dstack([P[:, :, :2], P[:, :, :1] * 0.5 + 0.2])), ("even", even)):
        image = Image.fromarray(rgb(pixels * 255))
        for progressive in (False, True):
            way = "progressive" if progressive else "baseline"
            for sampling in ("4:4:4", "4:2:2", "4:2:0"):
                name = "%s-%s-%s.jpg" % (way, sampling.replace(":", ""), shape)
                image.save(name, quality=90, subsampling=sampling, progressive=progressive)
                add(name, pixels * 255, **lossy)
            name = "%s-grey-%s.jpg" % (way, shape)
            image.convert("L").save(name, quality=90, progressive=progressive)
            add(name, np.asarray(image.convert("L"))[:, :, None], **lossy)
            image.save("plain.ppm")
            name = "%s-rgb-%s.jpg" % (way, shape)
            run("cjpeg", "-quality", "90", "-rgb", *(["-progressive"] if progressive else []), "-outfile", name, "plain.ppm")
            add(name, pixels * 255, **lossy)
            ink = np.dstack([255 - rgb(pixels * 255), np.full(pixels.shape[:2], 40, np.uint8)])
            name = "%s-cmyk-%s.jpg" % (way, shape)
            Image.fromarray(ink, "CMYK").save(name, quality=90, progressive=progressive)
            add(name, rgb(pixels * 255) * (215 / 255), mean=1, top=5, written=(6, 60))
            # YCCK: the first three inks, inverted as Adobe does, as YCbCr; Pillow writes any four samples, the marker tells.
            light = np.asarray(ImageOps.invert(image).convert("YCbCr"))
            name = "%s-ycck-%s.jpg" % (way, shape)
            Image.fromarray(np.dstack([255 - light, ink[:, :, 3:]]), "CMYK").save(name, quality=90, progressive=progressive)
            data = bytearray(open(name, "rb").read())
            at = data.index(b"Adobe")
            data[at + 11] = 2
            open(name, "wb").write(data)
            add(name, rgb(pixels * 255) * (215 / 255), mean=1, top=5, written=(7, 80))
    run("cjpeg", "-quality", "90", "-restart", "1", "-outfile", "restart.jpg", "plain.ppm")
    add("restart.jpg", even * 255, **lossy)
    run("cjpeg", "-quality", "90", "-sample", "1x2", "-outfile", "440.jpg", "plain.ppm")
    add("440.jpg", even * 255, **lossy)
    open("scans.txt", "w").write("0;\n1;\n2;\n")
    run("cjpeg", "-quality", "90", "-scans", "scans.txt", "-outfile", "three-scans.jpg", "plain.ppm")
    add("three-scans.jpg", even * 255, **lossy)
    for turn in (1, 3, 6, 8, 2, 4, 5, 7):
        exif = Image.Exif()
        exif[0x0112] = turn
        image.save("turned-%d.jpg" % turn, quality=90, exif=exif)
        add("turned-%d.jpg" % turn, upright(even * 255, turn), **lossy)
    image.save("two-pictures.mpo", format="MPO", save_all=True, append_images=[image.convert("L").convert("RGB")], quality=90)
    os.rename("two-pictures.mpo", "two-pictures.jpg")
    add("two-pictures.jpg", even * 255, **lossy)
    os.remove("plain.ppm")
    os.remove("scans.txt")


def pngs():
    for interlaced in (False, True):
        tail = "-interlaced.png" if interlaced else ".png"
        for bits in (1, 2, 4, 8, 16):
            grey = whole(GREY, bits)
            png("grey-%dbit%s" % (bits, tail), grey, 0, bits, interlaced)
            add("grey-%dbit%s" % (bits, tail), level(grey, bits))
            key = int(grey[0, 0, 0])
            png("grey-key-%dbit%s" % (bits, tail), grey, 0, bits, interlaced, [(b"tRNS", struct.pack(">H", key))])
            add("grey-key-%dbit%s" % (bits, tail), np.where(grey == key, 255, level(grey, bits)))
            if bits < 16:
                colours = (np.arange(1 << bits)[:, None] * [5, 11, 3] + [10, 0, 200]) % 256
                index = whole(GREY, bits)
                palette = (b"PLTE", bytes(colours.astype(np.uint8).tobytes()))
                opacity = np.arange(1 << bits) * 255 // ((1 << bits) - 1)
                for name, more in (("", []), ("-alpha", [(b"tRNS", bytes(opacity.astype(np.uint8)))])):
                    png("palette%s-%dbit%s" % (name, bits, tail), index, 3, bits, interlaced, [palette] + more)
                    shown = colours[index[:, :, 0].astype(int)]
                    add("palette%s-%dbit%s" % (name, bits, tail), over_white(shown, opacity[index.astype(int)]) if more else shown)
        for bits in (8, 16):
            stored = whole(P, bits)
            png("rgb-%dbit%s" % (bits, tail), stored[:, :, :3], 2, bits, interlaced)
            add("rgb-%dbit%s" % (bits, tail), level(stored[:, :, :3], bits))
            key = stored[0, 0, :3].astype(int)
            png("rgb-key-%dbit%s" % (bits, tail), stored[:, :, :3], 2, bits, interlaced, [(b"tRNS", struct.pack(">3H", *key))])
            add("rgb-key-%dbit%s" % (bits, tail), np.where((stored[:, :, :3] == key.astype(np.uint64)).all(axis=2, keepdims=True), 255, level(stored[:, :, :3], bits)))
            png("rgba-%dbit%s" % (bits, tail), stored, 6, bits, interlaced)
            add("rgba-%dbit%s" % (bits, tail), over_white(level(stored[:, :, :3], bits), level(stored[:, :, 3:], bits)), top=2)
            grey = np.dstack([whole(GREY, bits), stored[:, :, 3:]])
            png("grey-alpha-%dbit%s" % (bits, tail), grey, 4, bits, interlaced)
            add("grey-alpha-%dbit%s" % (bits, tail), over_white(level(grey[:, :, :1], bits), level(grey[:, :, 1:], bits)))


for section in (cut_files, by_tiffcp, depths, reals, colours, luma_chroma, lab, by_libtiff, by_hand, files, jpegs, pngs):
    section()
used = extra_files | {row[-1] for row in table} | {row[0] for row in table}
for name in os.listdir("."):
    if not name.endswith(".py") and name not in used and os.path.isfile(name):
        os.remove(name)
with open("golden.tsv", "w") as out:
    out.write("file\tpage\twidth\theight\tmean\tmax\tdecoder\treference\n")
    for row in table:
        out.write("\t".join(map(str, row)) + "\n")
names = [row[0] for row in table]
print(len(table), "rows;", {tool: sum(row[6] == tool for row in table) for tool in ("pillow", "imagemagick", "numpy")},
      sum(os.path.getsize(name) for name in set(os.listdir(".")) if os.path.isfile(name)) >> 10, "KB")
