#!/usr/bin/python3
"""Makes the sample archive of Shogo: draws all pictures, writes all sheets, the broken files and the lists.

Everything comes from this folder: 28 pieces of equipment are modelled in `generator/equipment_*.py`, rendered as photographs
and line drawings, laid out as drawings and printed pages, and "scanned". The texts stand in `generator/sheets_*.py`.
All chance is seeded by names, so that running it again gives the same files, byte for byte with the same versions of
Pillow and its libraries.

Needs these Debian packages: python3-pil python3-numpy fonts-noto-cjk. Call: /usr/bin/python3 samples/make_samples.py
It replaces samples/archive, samples/pairs.csv and samples/broken.csv; it takes about two minutes on two cores.
"""
import csv
import os
import random
import shutil
import sys
import zlib
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generator import broken, equipment_a, equipment_b, pages, render, xml_sheets  # noqa: E402
from generator.catalogue import ITEMS  # noqa: E402
from generator.sheets_dita import TASKS  # noqa: E402
from generator.sheets_s1000d import PROCEDURES  # noqa: E402
from generator.sheets_text import TEXTS  # noqa: E402

ARCHIVE = HERE / "archive"
PHOTO_FOLDERS = [("写真/2024年", "IMG_{:04d}.JPG", 412, 3), ("写真/2023年", "DSC{:05d}.JPG", 1207, 7), ("写真/第2工場", "P10100{:02d}.JPG", 11, 2)]
TALL = {"gate_valve", "fire_extinguisher", "crane_hook", "filter_housing", "storage_tank", "limit_switch", "emergency_stop", "flow_meter"}
FIELDS = ("ja", "en", "language", "tag", "drawing", "size", "parts", "images", "sheet")


def catalogue():
    """The items as dictionaries, each with its images: kind, whether held out, path in the archive."""
    items = {key: dict(zip(FIELDS, row)) for key, row in ITEMS.items()}
    slots = [(key, n) for key, item in items.items() for n in range(len(item["images"].split()))]
    random.Random(20241123).shuffle(slots)
    counters = [start for _, _, start, _ in PHOTO_FOLDERS]
    scan = drawn = 0
    paths = {}
    for key, n in slots:
        item, code = items[key], items[key]["images"].split()[n]
        held, kind = code.endswith("*"), code[0]
        chance = random.Random(zlib.crc32(f"{key}/{n}/name".encode()))
        if kind == "P":
            f = chance.choice([0, 0, 1, 1, 2])
            folder, pattern, _, step = PHOTO_FOLDERS[f]
            path = f"{folder}/{pattern.format(counters[f])}"
            counters[f] += chance.randint(1, step)
        elif kind == "S":
            scan += chance.randint(1, 3)
            path = f"scans/scan{scan:04d}.tif"
        elif key in PROCEDURES and not held:
            s = PROCEDURES[key]["code"]
            path = f"dmodules/figures/ICN-SHOGO-A-{s[0]}{s[1]}{s[2]}{s[3]}-A-S9010-000{s[0]}-A-001-01.{chance.choice(['PNG', 'JPG'])}"
        elif held:  # a drawing number would tell the sheet
            drawn += 1
            path = f"図面/受領分/ZU{drawn * 7 % 50:03d}.{'png' if drawn % 2 else 'jpg'}"
        else:
            path = f"図面/{item['drawing']}.{chance.choice(['png', 'jpg'])}"
        paths[key, n] = path
    for key, item in items.items():
        item["key"] = key
        item["images"] = [dict(code=code.rstrip("*"), held=code.endswith("*"), path=paths[key, n]) for n, code in enumerate(item["images"].split())]
    return items


def model_of(key):
    return (getattr(equipment_a, key, None) or getattr(equipment_b, key))()


def sheet_lines(key):
    """The steps of the sheet, for printed pages."""
    if key in TASKS:
        return [step[0] for step in TASKS[key]["steps"]]
    if key in PROCEDURES:
        return PROCEDURES[key]["steps"]
    lines = [line.strip(" 　・-") for line in TEXTS[key].splitlines()]
    numbered = [line for line in lines if line and (line[0].isdigit() or line[0] in "(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫手そabcdefghijk") and line[1:4].strip("0123456789.)） 順の")
                != line[1:4] or line[:1] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"]
    strip = "0123456789.)(（） ①②③④⑤⑥⑦⑧⑨⑩⑪⑫" + "abcdefghijk" * (key == "flow_meter")
    cleaned = [line.removeprefix("手順").removeprefix("その").lstrip(strip).replace("{0}", "").replace("（）", "").replace("()", "").replace("`", "") for line in numbered]
    return [line for line in cleaned if len(line) > 14]


def photo_of(key, n, width=None, height=None):
    """A photograph of the equipment; `n` gives each its own viewpoint, light and surroundings."""
    model = model_of(key)
    chance = random.Random(zlib.crc32(f"{key}/{n}/photo".encode()))
    rng = np.random.default_rng(zlib.crc32(f"{key}/{n}/noise".encode()))
    side = (-1 if n % 2 else 1) * (1 if zlib.crc32(key.encode()) % 2 else -1)
    reach = (8, 24) if model.stand == "wall" else (14, 38)
    pitch = chance.uniform(-4, 12) if model.stand != "floor" else chance.uniform(10, 27)
    view = render.View(model.yaw + side * chance.uniform(*reach), pitch, chance.uniform(-2.5, 2.5), chance.uniform(0.82, 1.12),
                       (chance.uniform(-0.05, 0.05), chance.uniform(-0.04, 0.03)))
    if width is None:
        long, short = chance.choice([(720, 540), (800, 600), (900, 600), (900, 675), (960, 720), (1000, 750)])
        width, height = (short, long) if key in TALL and chance.random() < 0.75 else (long, short)
    grounds = list(render.BACKGROUNDS)
    if model.stand != "floor":
        grounds = [g for g in grounds if g not in ("green floor", "bench")]
    ground = grounds[(zlib.crc32(key.encode()) // 7 + n * 3) % len(grounds)]
    light = (chance.choice([-1, 1]) * chance.uniform(0.3, 0.8), chance.uniform(0.7, 1.0), chance.uniform(0.5, 0.9))
    return render.photo(model, view, width, height, rng, ground, light, chance.uniform(0.92, 1.2), chance.uniform(-0.03, 0.06),
                        grain=chance.uniform(1.5, 4))


STORED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def save_photo(image, path, number):
    """A JPEG with EXIF: the pixels are stored turned, the orientation says how to show them upright."""
    orientation = (1, 6, 1, 8, 3)[(number // 3 + 2 * number) % 5]
    if STORED[orientation] is not None:
        image = image.transpose(STORED[orientation])
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Shogo Samples", "Model 1", orientation
    exif[0x0132] = f"2024:{number % 12 + 1:02d}:{number % 27 + 1:02d} {8 + number % 9:02d}:{number * 7 % 60:02d}:00"
    image.save(path, "JPEG", quality=80, exif=exif)


def save_image(job):
    """Draws and writes one image."""
    item, n = job
    key, image = item["key"], item["images"][n]
    path, code = ARCHIVE / image["path"], image["code"]
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(zlib.crc32(f"{key}/{n}/page".encode()))
    rng = np.random.default_rng(zlib.crc32(f"{key}/{n}/dust".encode()))
    number = list(ITEMS).index(key) * 3 + n
    if code == "P":
        save_photo(photo_of(key, n), path, number)
        return
    model = model_of(key)
    narrow = model.stand == "wall"
    def view(sign):
        angle = chance.uniform(10, 22) if narrow else chance.uniform(18, 34)
        return render.View(model.yaw + sign * angle, chance.uniform(4, 12) if narrow else chance.uniform(12, 24), perspective=0.02)
    sign = -1 if n % 2 else 1
    if code == "D":
        page = pages.drawing(model, view(sign), item, rng, *chance.choice([(1000, 720), (980, 700), (960, 690)]), weight=chance.choice([0, 1]))
        if path.suffix.lower() == ".png":
            page.point(lambda v: v // 17 * 17).save(path, "PNG", optimize=True)
        else:
            page.save(path, "JPEG", quality=70)
        return
    lines = sheet_lines(key)
    count = {"G": chance.choice([2, 3]), "B": 1, "Y": 1}[code[1]]
    bilevel = code[1] != "Y"
    picture = None
    if code[1] == "Y" and chance.random() < 0.6:
        picture = photo_of(key, n + 5, 720, 540)
    sheets = [pages.instruction_page(model, view(sign), item, lines, rng, picture, weight=chance.choice([0, 1]), pages=count,
                                     figure_first=chance.random() < 0.6)]
    if count == 3:
        sheets.append(pages.instruction_page(model, view(-sign), item, lines[5:], rng, number=2, pages=3))
    if count > 1:
        checks = [line.rstrip("。.") for line in lines[:12]]
        sheets.append(pages.form_page(item, checks, rng, number=count, pages=count))
    scans = [pages.scanned(s, rng, chance.uniform(-1.2, 1.2), bilevel) for s in sheets]
    if bilevel:
        scans[0].save(path, "TIFF", compression="group4", dpi=(100, 100), save_all=True, append_images=scans[1:])
    else:
        scans[0].save(path, "TIFF", compression=chance.choice(["tiff_lzw", "tiff_adobe_deflate"]), dpi=(100, 100))


def relative(path, sheet):
    return os.path.relpath(path, os.path.dirname(sheet)).replace(os.sep, "/")


def save_sheet(item):
    """Writes one sheet; it names no held-out image."""
    key, sheet = item["key"], item["sheet"]
    path = ARCHIVE / sheet
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = [image["path"] for image in item["images"] if not image["held"]]
    number = list(ITEMS).index(key)
    if key in TASKS:
        path.write_bytes(xml_sheets.dita(key, item, [relative(p, sheet) for p in shown[:1 + number % 2]]).encode())
    elif key in PROCEDURES:
        graphic = next(p for p in shown if p.startswith("dmodules/figures/"))
        path.write_bytes(xml_sheets.s1000d(key, item, relative(graphic, sheet), number % 2 == 0).encode())
    elif sheet.endswith(".md"):
        path.write_bytes(TEXTS[key].replace("{0}", relative(shown[0], sheet)).encode())
    elif "旧システム" in sheet:
        name = relative(shown[0], sheet).replace("/", "\\") if key == "flow_meter" else shown[0].rsplit("/", 1)[-1]
        path.write_bytes(TEXTS[key].replace("{0}", name).replace("\n", "\r\n").encode("cp932"))
    else:
        path.write_bytes(TEXTS[key].replace("{0}", shown[0].rsplit("/", 1)[-1]).encode())


def save_lists(items):
    with open(HERE / "pairs.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sheet", "image", "part"])
        for item in items.values():
            for image in item["images"]:
                out.writerow([item["sheet"], image["path"], "heldout" if image["held"] else "train"])
    (ARCHIVE / "old_disk").mkdir()
    page = pages.scanned(pages.form_page(items["gearbox"], sheet_lines("gearbox"), np.random.default_rng(1)), np.random.default_rng(2), 0.4, True)
    with open(HERE / "broken.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["path", "state", "reason"])
        for name, content, state, reason in broken.make(photo_of("gearbox", 9, 640, 480), page):
            (ARCHIVE / "old_disk" / name).write_bytes(content)
            out.writerow([f"old_disk/{name}", state, reason])


def main():
    shutil.rmtree(ARCHIVE, ignore_errors=True)
    items = catalogue()
    for item in items.values():
        save_sheet(item)
    with Pool(os.cpu_count()) as pool:
        list(pool.imap_unordered(save_image, [(item, n) for item in items.values() for n in range(3)]))
    save_lists(items)
    files = [p for p in ARCHIVE.rglob("*") if p.is_file()]
    print(f"{len(files)} files, {sum(p.stat().st_size for p in files) / 1e6:.1f} MB in {ARCHIVE}")


if __name__ == "__main__":
    main()
