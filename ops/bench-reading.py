#!/usr/bin/env python3
"""Measures reading beside the libraries' own tools on the same files (docs/benchmarks.md).

Usage: ops/bench-reading.py SHOGO [SMALL_SHEETS_DIR]. Needs python3-pil, libtiff-tools, libjpeg-turbo-progs, libxml2-utils and a
Debian font. Prints medians of nine; the tools are timed as whole processes, Shogo inside its process after one round, as a worker is.
"""
import json, os, random, statistics, subprocess, sys, tempfile, time
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WORDS = "the pump valve remove bolt torque wrench housing seal inspect oil filter replace carefully before install tighten loosen check pressure".split()
JAPANESE = "取扱説明書の手順に従ってポンプの弁を取り外し、ボルトを締め付けます。部品番号を確認してください。注意"


def xml_files(folder):
    def sentence(count):
        return " ".join(random.choice(WORDS) for _ in range(count)).capitalize() + "."

    def fill(name, start, end, part):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            size = file.write(start)
            while size < 5_000_000:
                size += len(part().encode()) if file.write(text := part()) else 0
            file.write(end)
        return os.path.join(folder, name)

    def step():
        return (f'<step id="s{random.randrange(10**6)}"><cmd>{sentence(12)} <uicontrol>{random.choice(WORDS)}</uicontrol> PN-{random.randrange(1000, 9999)}.</cmd>'
                f'<info><p>{sentence(25)}</p><note type="caution">{sentence(10)}</note></info></step>\n')

    def line():
        words = "".join(f'<String ID="w{i}" CONTENT="{random.choice(WORDS)}" HPOS="{i * 100}" VPOS="9" WIDTH="50" HEIGHT="30" WC="0.95"/><SP WIDTH="8"/>' for i in range(8))
        return f'<TextLine HPOS="10" VPOS="20" WIDTH="1000" HEIGHT="30">{words}</TextLine>\n'

    def section():
        paragraphs = "".join("<para>" + "".join(random.choices(JAPANESE, k=120)) + "</para>" for _ in range(6))
        return f"<section><title>{JAPANESE[:8]}</title>{paragraphs}</section>\n"

    yield fill("dita.xml", '<task id="t"><title>Big</title><taskbody><steps>\n', "</steps></taskbody></task>", step)
    yield fill("alto.xml", '<alto><Layout><Page WIDTH="2480" HEIGHT="3508">\n', "</Page></Layout></alto>", line)
    yield fill("docbook-ja.xml", '<article xmlns="http://docbook.org/ns/docbook"><title>説明書</title>\n', "</article>", section)


def pictures(folder):
    page = Image.new("L", (2480, 3508), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 40)
    for row in range(60):
        draw.text((200, 200 + row * 52), " ".join(random.choice(WORDS) for _ in range(14))[:95], font=font, fill=0)
    fax = os.path.join(folder, "a4-g4.tif")
    page.point(lambda value: 255 if value > 128 else 0).convert("1").save(fax, compression="group4", dpi=(300, 300))
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB").filter(ImageFilter.GaussianBlur(2))
    photo = os.path.join(folder, "photo-12mp.jpg")
    Image.blend(noise, Image.linear_gradient("L").resize((4000, 3000)).convert("RGB"), 0.6).save(photo, quality=88)
    progressive = os.path.join(folder, "photo-12mp-progressive.jpg")
    Image.open(photo).save(progressive, quality=88, progressive=True)
    return fax, photo, progressive


def tool(command):
    times = []
    for _ in range(9):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def ours(shogo, files, *options):
    out = subprocess.run([shogo, "bench", "parse", "--rounds", "9", "--json", *options, *files], check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def main():
    shogo = os.path.abspath(sys.argv[1])
    random.seed(1)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        for path in xml_files(folder):
            row = ours(shogo, [path])
            peer = tool(["xmllint", "--noout", path])
            print(f"{os.path.basename(path)}: {row['megabytesPerSecond']:.0f} MB/s; xmllint {row['bytes'] / peer / 1e6:.0f} MB/s (whole process)")
        fax, photo, progressive = pictures(folder)
        row, peer = ours(shogo, [fax], "--side", "480"), tool(["tiffcp", "-c", "none", fax, os.path.join(folder, "out.tif")])
        print(f"a4-g4.tif to 480: {row['medianSeconds'] * 1e3:.1f} ms; tiffcp -c none {peer * 1e3:.1f} ms; ratio {peer / row['medianSeconds']:.2f}")
        for path in (photo, progressive):
            for side, scale in ((480, "1/8"), (1000, "1/4"), (2000, "1/2")):
                row, peer = ours(shogo, [path], "--side", str(side)), tool(["djpeg", "-scale", scale, "-outfile", "/dev/null", path])
                print(f"{os.path.basename(path)} to {side}: {row['medianSeconds'] * 1e3:.1f} ms; djpeg -scale {scale} {peer * 1e3:.1f} ms; ratio {peer / row['medianSeconds']:.2f}")
        for start in sys.argv[2:]:
            sheets = sorted(os.path.join(d, f) for d, _, files in os.walk(start) for f in files if f.lower().endswith((".xml", ".dita", ".md", ".txt")))
            row = ours(shogo, sheets, "--together")
            print(f"{start}: {row['files']} sheets of {row['bytes'] // row['files']} bytes on average: {row['filesPerSecond']:.0f} sheets/s")


main()
