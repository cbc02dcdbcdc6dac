#!/usr/bin/env python3
"""What hubness correction gains, by where neighbours are sought: the table of docs/benchmarks.md.

    ops/hubness.py WORKSPACE [PAIRS ...]

WORKSPACE is described and has photographs `x.jpg` beside texts `x.txt` of a few paragraphs (Flickr8k). Ridged correlation in NumPy, as
the closed form of Shogo has it; 1,000 photographs are held out, two random splits. Needs NumPy and SciPy.
"""
import json
import os
import sqlite3
import struct
import sys

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

FIELDS = {"w": 1, "b": 0.7, "i": 1.2, "t": 1.3}
TYPES = {"F32": np.float32, "U32": np.uint32, "U8": np.uint8, "U16": np.uint16}


def tensors(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if isinstance(entry, dict) and "dtype" in entry:
            start, end = entry["data_offsets"]
            found[name] = np.frombuffer(data[8 + size + start : 8 + size + end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return found


def read(workspace):
    """Image descriptors, and counts of terms of texts and of their paragraphs with the text of each."""
    catalog = sqlite3.connect(f"file:{workspace}/catalog.sqlite?mode=ro", uri=True)
    digest = {bytes(path).decode(): bytes(sha).hex() for path, sha in catalog.execute("select path, digest from file") if sha}
    folder = f"{workspace}/descriptors"
    kinds = {name.split("-")[0]: name for name in os.listdir(folder)}
    images, texts, parts, owners, vocabulary = [], [], [], [], {}
    for name in sorted(path[:-4] for path in digest if path.endswith(".jpg")):
        places = [f"{folder}/{kinds[kind]}/{sha[:2]}/{sha}.safetensors" for kind, sha in
                  (("image", digest[name + ".jpg"]), ("sheet", digest.get(name + ".txt", "-")))]
        if not all(map(os.path.exists, places)):
            continue
        image, sheet = map(tensors, places)
        letters, offsets = sheet["terms"].tobytes(), sheet["term_offsets"]
        terms = [letters[a:b].decode() for a, b in zip(offsets, offsets[1:])]
        numbers = np.array([vocabulary.setdefault(term, len(vocabulary)) for term in terms])
        for a, b in zip(sheet["fragment_offsets"], sheet["fragment_offsets"][1:]):
            parts.append((numbers[sheet["fine_terms"][a:b]], sheet["fine_counts"][a:b]))
            owners.append(len(images))
        images.append(image["coarse"][0])
        texts.append((numbers, sheet["coarse"]))
    return np.array(images), texts, parts, np.array(owners), list(vocabulary)


def unit(rows):
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(length > 1e-12, length, 1)


def sparse(rows, width):
    indices = np.concatenate([terms for terms, _ in rows])
    values = np.concatenate([np.maximum(0, 1 + np.log(counts)) for _, counts in rows])
    return sp.csr_matrix((values, indices, np.cumsum([0] + [len(terms) for terms, _ in rows])), (len(rows), width))


def features(images, texts, parts, weights, taught, count=128):
    signed = unit(np.sign(images) * np.sqrt(np.abs(images)))
    mean, variance = signed[taught].mean(0), signed[taught].var(0)
    scaled = (signed - mean) / np.sqrt(variance + 0.1 * variance.mean())
    values, vectors = np.linalg.eigh(scaled[taught].T @ scaled[taught] / len(taught))
    roots = np.sqrt(values[::-1][:count])
    x = scaled @ (vectors[:, ::-1][:, :count] / np.sqrt(roots) / np.sqrt(roots.mean()))
    frequency = np.asarray((texts[taught] > 0).sum(0)).ravel()
    rarity = sp.diags((np.log((len(taught) + 1) / (frequency + 1)) + 1) * weights * (frequency > 0))

    def weighed(rows):
        rows = rows @ rarity
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
        return sp.diags(1 / np.where(length > 0, length, 1)) @ rows

    whole, single = weighed(texts), weighed(parts)
    _, values, vectors = svds(whole[taught], k=min(count, len(taught) - 1), random_state=1)
    y, z = (rows @ (vectors.T / np.sqrt(values)) for rows in (whole, single))
    centre = y[taught].mean(0)
    scale = np.sqrt(((y[taught] - centre) ** 2).mean())
    return x, (y - centre) / scale, (z - centre) / scale


def correlation(x, y, taught, ridge, power, dimension=64):
    def root(rows):
        values, vectors = np.linalg.eigh(rows.T @ rows / len(rows))
        return (vectors / np.sqrt(np.maximum(values, 0) + ridge * values.mean() + 1e-6)) @ vectors.T

    mx, my = x[taught].mean(0), y[taught].mean(0)
    a, b = x[taught] - mx, y[taught] - my
    ra, rb = root(a), root(b)
    u, s, v = np.linalg.svd(ra @ (a.T @ b / len(taught)) @ rb)
    wa, wb = ra @ u[:, :dimension] * s[:dimension] ** power, rb @ v.T[:, :dimension] * s[:dimension] ** power
    return lambda rows: unit((rows - mx) @ wa), lambda rows: unit((rows - my) @ wb)


def near(codes, references, count=10):
    return np.partition(codes @ references.T, -count, axis=1)[:, -count:].mean(1)


def recalls(scores, owner):
    """Of images (rows) and texts (columns), text j of image owner[j]."""
    def ranks(rows, right):
        return np.array([(row > row[own].max()).sum() + 1 for row, own in zip(rows, right)])

    own = [np.flatnonzero(owner == image) for image in range(len(scores))]
    return 100 * sum((found <= most).mean() for found in (ranks(scores.T, owner[:, None]), ranks(scores, own)) for most in (1, 5, 10))


def trial(data, pairs, seed, ridge, power):
    images, texts, parts, owners, weights = data
    order = np.random.default_rng(seed).permutation(len(images))
    asked, taught = order[:1000], order[1000 : 1000 + pairs]
    x, y, z = features(images, texts, parts, weights, taught)
    place = {image: row for row, image in enumerate(asked)}
    single = np.flatnonzero(np.isin(owners, asked))
    sides = {"captions": (z[single], np.array([place[owners[row]] for row in single])), "sheets": (y[asked], np.arange(1000))}
    image, text = correlation(x, y, taught, ridge, power)
    folds = [correlation(x, y, np.delete(taught, np.s_[fold::5]), ridge, power) + (taught[fold::5],) for fold in range(5)]
    result = {}
    for side, (rows, owner) in sides.items():
        a, b = image(x[asked]), text(rows)
        plain = a @ b.T
        ways = {
            "training codes": (near(a, text(y[taught])), near(b, image(x[taught]))),
            "out of fold": [np.mean(values, 0) for values in zip(*((near(f(x[asked]), g(y[held])), near(g(rows), f(x[held]))) for f, g, held in folds))],
            "what is asked for": (near(a, b), near(b, a)),
            "all contents": (near(a, np.vstack([b, text(y[taught])])), near(b, np.vstack([a, image(x[taught])]))),
        }
        result[side, "plain"] = recalls(plain, owner)
        for name, (r, s) in ways.items():
            result[side, name] = recalls(plain - r[:, None] / 2 - s / 2, owner)
    return result


def main():
    images, texts, parts, owners, vocabulary = read(sys.argv[1])
    weights = np.array([FIELDS.get(term[0], 1) for term in vocabulary])
    data = (images, sparse(texts, len(vocabulary)), sparse(parts, len(vocabulary)), owners, weights)
    names = ["plain", "training codes", "out of fold", "what is asked for", "all contents"]
    print("| pairs | power, ridges | asked | " + " | ".join(names) + " |\n|" + "---|" * (len(names) + 3))
    for pairs in map(int, sys.argv[2:] or ["500", "2000", "6000"]):
        for power, ridge in ((1, 1), (0.5, 0.1)):
            trials = [trial(data, pairs, seed, ridge, power) for seed in range(2)]
            for side in ("captions", "sheets"):
                figures = [np.mean([found[side, name] for found in trials]) for name in names]
                print(f"| {pairs:,} | {power}, {ridge} | {side} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |", flush=True)


main()
