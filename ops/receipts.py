#!/usr/bin/env python3
"""Measures reading: the share of the words of transcribed receipts that `shogo inspect` finds, and the processor time that it takes.

Usage: ops/receipts.py SHOGO FOLDER [--some N]

FOLDER holds SROIE's `img/*.jpg`, `box/*.csv` (x1,y1,...,x4,y4,text a line) and `images_included.txt`. Words are compared as multisets, in
normal form KC, without case and punctuation. One line a receipt, then the sum. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import re
import resource
import subprocess
import unicodedata


def words(text):
    plain = (re.sub(r"[^\w]", "", word) for word in unicodedata.normalize("NFKC", text).lower().split())
    return [word for word in plain if word]


def transcribed(path):
    counts = collections.Counter()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split(",", 8)
        if len(parts) == 9:
            counts.update(words(parts[8]))
    return counts


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shogo")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--some", type=int, help="only so many, spread over the list")
    options = parser.parse_args()
    names = (options.folder / "images_included.txt").read_text().split()
    if options.some:
        names = names[:: max(1, len(names) // options.some)][: options.some]
    shares, without_text, turned = [], 0, []
    start = processor_seconds()
    for name in names:
        truth = transcribed(options.folder / "box" / (name.rsplit(".", 1)[0] + ".csv"))
        answer = subprocess.run(
            [options.shogo, "inspect", "--json", options.folder / "img" / name], capture_output=True, text=True, timeout=300, check=True)
        text = (json.loads(answer.stdout).get("pages") or [{}])[0].get("text") or {}
        found = collections.Counter(word for line in text.get("lines", []) for word in words(line["text"]))
        shares.append(sum((truth & found).values()) / max(1, sum(truth.values())))
        without_text += not found
        if text.get("turn"):
            turned.append(name)
        print(name, f"{shares[-1]:.3f}", sum(found.values()), "words", flush=True)
    print(
        f"{len(shares)} receipts, {without_text} without text, mean share of words {sum(shares) / len(shares):.3f}, "
        f"{processor_seconds() - start:.0f} s of processor time, turned: {', '.join(turned) or 'none'}")


main()
