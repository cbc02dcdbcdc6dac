#!/usr/bin/env python3
"""Measures what nights cost on an archive of many small files: the first run, one without changes, one with 1,000 new files.

Usage: ops/bench-nights.py SHOGO [--files 100000] [--model] [--folder DIR]

Makes the archive itself (half sheets, a fifth of the others copies of them, sidecars and tiny pictures; about 1 KB each), prints seconds,
the time of `find` beside them, and the largest process of each run in MiB. Standard library only.
"""
import argparse
import json
import os
import random
import shutil
import struct
import subprocess
import threading
import time
import zlib

WORDS = """pump valve seal motor bearing shaft impeller gasket rotor stator blade filter hose clamp bolt nut spring lever panel switch relay fuse
cable drum chain brake wheel axle frame cover flange nozzle tank gauge""".split()


def png(side, seed):
    """A grey picture of 8 x 8 random blocks."""
    shades = random.Random(seed)
    blocks = [[shades.randrange(256) for _ in range(8)] for _ in range(8)]
    rows = b"".join(b"\0" + bytes(blocks[y * 8 // side][x * 8 // side] for x in range(side)) for y in range(side))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def sidecar(number):
    return (
        '<?xml version="1.0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description id="{number}"><note>{"x " * 300}</note></rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def make(root, count, prefix):
    """Files `prefix`0 to `prefix``count`-1 in folders of 1,000; every tenth has the content of another."""
    chance = random.Random(prefix)
    last_sheet = b""
    for number in range(count):
        folder = f"{root}/{prefix}{number // 1000:03d}"
        os.makedirs(folder, exist_ok=True)
        kind = number % 10
        if kind < 5:
            steps = "".join(f"{step}. {' '.join(chance.choice(WORDS) for _ in range(9))}.\n" for step in range(1, 15))
            name, data = f"sheet-{number}.txt", f"Sheet {prefix}{number}\n\n{steps}".encode()[:1024]
            last_sheet = data
        elif kind < 8:
            name, data = f"picture-{number}.png", png(24, f"{prefix}{number}")
        elif kind == 8:
            name, data = f"sidecar-{number}.xmp", sidecar(number)
        else:
            name, data = f"copy-{number}.txt", last_sheet
        with open(f"{folder}/{name}", "wb") as file:
            file.write(data)


def tree(process):
    """The process and all below it."""
    found = [process]
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children") as file:
                for child in file.read().split():
                    found += tree(int(child))
    except OSError:
        pass  # it has ended
    return found


def run(command):
    """Seconds, MiB of the largest process, and the result of a run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    largest = 0

    def watch():
        nonlocal largest
        while process.poll() is None:
            for one in tree(process.pid):
                try:
                    with open(f"/proc/{one}/status") as file:
                        largest = max([largest] + [int(line.split()[1]) for line in file if line.startswith("VmHWM")])
                except OSError:
                    pass  # it has ended
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, messages = process.communicate()
    watcher.join()
    seconds = time.monotonic() - start
    try:
        result = json.loads(output)
    except ValueError:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}: {messages}")
    return seconds, largest // 1024, result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shogo")
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--model", action="store_true", help="with 200 known pairs, so that there is a model and an index")
    parser.add_argument("--folder", default="/tmp/shogo-nights")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    root, workspace = f"{options.folder}/archive", f"{options.folder}/workspace"
    make(root, options.files, "a")
    subprocess.run([options.shogo, "init", workspace, "--root", root], check=True, stdout=subprocess.DEVNULL)
    if options.model:
        with open(f"{options.folder}/pairs.csv", "w") as file:
            file.write("sheet,image\n" + "".join(
                f"a000/sheet-{n}.txt,a000/picture-{n + 5}.png\n" for n in range(0, 1000, 10)))
        with open(f"{workspace}/shogo.yaml") as file:
            text = file.read().replace("pairs: []", f"pairs: [{options.folder}/pairs.csv]")
        with open(f"{workspace}/shogo.yaml", "w") as file:
            file.write(text)
    steps = ["crawl", "parse", "describe", "learn: {when: missing}", "encode", "index"]
    if options.model:
        steps += ["match: {from: sheets, to: images, top: 1}", "report: {output: reports/all.csv}"]
    with open(f"{options.folder}/night.yaml", "w") as file:
        file.write("steps:\n" + "".join(f"  - {step}\n" for step in steps))
    with open(f"{options.folder}/encode.yaml", "w") as file:
        file.write("steps:\n" + "".join(f"  - {step}\n" for step in steps[:5]))

    def night(name, pipeline):
        seconds, memory, result = run([options.shogo, "run", f"{options.folder}/{pipeline}.yaml", "--workspace", workspace, "--json"])
        print(f"{name}: {seconds:.2f} s, {memory} MiB, {result['jobs']} jobs, account {result['account']}", flush=True)
        return seconds

    first = night("first run up to encode", "encode")
    night("the rest of the first night", "night")
    night("a night to settle", "night")
    for _ in range(3):
        start = time.monotonic()
        subprocess.run(["find", root, "-printf", "%s %T@ %p\n"], check=True, stdout=subprocess.DEVNULL)
        found = time.monotonic() - start
        idle = night("no change", "night")
        print(f"  find {found:.2f} s; limit of 5 times that and a second: {5 * found + 1:.2f} s")
        if idle > 5 * found + 1:
            print("  over the limit")
    make(root, 1_000, "b")
    more = night("1,000 new files up to encode", "encode")
    print(f"  {100 * more / first:.1f} % of the first run")


main()
