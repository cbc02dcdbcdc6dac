#!/usr/bin/env python3
"""Trains on a workspace of a million contents: how long it takes and how much memory it needs.

    ops/bench-scale.py SHOGO FOLDER [--contents N] [--pairs N] [--seed N]

Makes a workspace in FOLDER whose catalog lists N contents, half images and half sheets, and whose descriptor files are synthetic: images and sheets
of one pair show one hidden vector. Needs 9 KB of disk for each content. `shogo train` then reads all of them as it reads any archive's.
Python 3 with NumPy.
"""
import argparse, hashlib, json, os, resource, sqlite3, struct, subprocess, sys, time
import numpy as np

TENSORS = {"F32": np.float32, "U32": np.uint32, "U16": np.uint16, "U8": np.uint8}


def container(kind, tensors):
    """The bytes of a Shogo tensor file (docs/formats/README.md)."""
    entries, described, body = {}, {"kind": kind, "format": "1"}, b""
    for name, (dtype, shape, data) in sorted(tensors.items()):
        if len(body) % 8:
            gap = 8 - len(body) % 8
            entries["padding." + name] = {"dtype": "U8", "shape": [gap], "data_offsets": [len(body), len(body) + gap]}
            body += bytes(gap)
        entries[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        described["sha256." + name] = hashlib.sha256(data).hexdigest()
        body += data
    entries["__metadata__"] = described
    header = json.dumps(entries, sort_keys=True, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header + body


def image(row):
    return container("image-descriptor", {
        "coarse": ("F32", [1, len(row)], row.astype("<f4").tobytes()), "region_offsets": ("U32", [2], bytes(8)),
        "regions": ("U16", [0, 4], b""), "fine": ("F32", [0, len(row)], b"")})


def sheet(terms, counts):
    lengths = np.cumsum([0] + [len(term) for term in terms]).astype("<u4")
    return container("sheet-descriptor", {
        "terms": ("U8", [int(lengths[-1])], b"".join(terms)), "term_offsets": ("U32", [len(lengths)], lengths.tobytes()),
        "coarse": ("F32", [len(terms)], counts.astype("<f4").tobytes()), "fragment_offsets": ("U32", [1], bytes(4)),
        "fine_terms": ("U32", [0], b""), "fine_counts": ("F32", [0], b"")})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shogo"), parser.add_argument("folder")
    parser.add_argument("--contents", type=int, default=1_000_000), parser.add_argument("--pairs", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shogo, folder = os.path.abspath(options.shogo), os.path.abspath(options.folder)
    root, workspace = os.path.join(folder, "root"), os.path.join(folder, "ws")
    if not os.path.exists(workspace):
        make(shogo, folder, root, workspace, options)
    start = time.time()
    subprocess.run([shogo, "train", "--workspace", workspace, "--pairs", os.path.join(folder, "pairs.csv")], check=True)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{options.contents} contents, {options.pairs} pairs: {time.time() - start:.0f} s, at most {usage.ru_maxrss / 2**20:.2f} GiB")


def make(shogo, folder, root, workspace, options):
    os.makedirs(root)
    # One real content of each kind shows where descriptors go, and how long they are.
    with open(os.path.join(root, "first.txt"), "w") as file: file.write("Replace the filter of the pump.\n")
    from PIL import Image
    Image.effect_noise((64, 64), 60).convert("RGB").save(os.path.join(root, "other.jpg"))
    subprocess.run([shogo, "init", workspace, "--root", root], check=True)
    steps = os.path.join(folder, "describe.yaml")
    with open(steps, "w") as file: file.write("name: describe\nsteps:\n  - crawl\n  - parse\n  - describe\n")
    subprocess.run([shogo, "run", "--workspace", workspace, steps], check=True)
    database = sqlite3.connect(os.path.join(workspace, "catalog.sqlite"))
    fingerprints = dict(database.execute("SELECT outcome, fingerprint FROM content"))
    folders, dimension = {}, None
    for base, _, names in os.walk(os.path.join(workspace, "descriptors")):
        for name in names:
            with open(os.path.join(base, name), "rb") as file:
                header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            kind = header["__metadata__"]["kind"].removesuffix("-descriptor")
            folders[kind] = os.path.dirname(base)
            if kind == "image": dimension = header["coarse"]["shape"][1]

    half, generator = options.contents // 2, np.random.default_rng(options.seed)
    latent, vocabulary, words = 32, 5000, 40
    look = generator.normal(size=(latent, dimension)).astype(np.float32)
    language = generator.normal(size=(latent, vocabulary)).astype(np.float32)
    terms = [f"w{number:05d}".encode() for number in range(vocabulary)]
    for kind in folders:
        for byte in range(256): os.makedirs(os.path.join(folders[kind], f"{byte:02x}"), exist_ok=True)
    root_number = database.execute("SELECT id FROM root").fetchone()[0]
    block = 2000
    for start in range(0, half, block):
        count = min(block, half - start)
        # Beyond the pairs nothing belongs together.
        hidden = generator.normal(size=(count, latent)).astype(np.float32)
        other = np.where((start + np.arange(count) < options.pairs)[:, None], hidden, generator.normal(size=hidden.shape)).astype(np.float32)
        seen = np.abs(hidden @ look + 4 * generator.normal(size=(count, dimension)).astype(np.float32))
        seen /= np.linalg.norm(seen, axis=1, keepdims=True)
        strength = other @ language + 3 * generator.normal(size=(count, vocabulary)).astype(np.float32)
        best = np.sort(np.argpartition(-strength, words, axis=1)[:, :words], axis=1)
        rows = []
        for place in range(count):
            number = start + place
            for kind, data in (("image", image(seen[place])), ("sheet", sheet([terms[term] for term in best[place]], np.ones(words)))):
                digest = hashlib.sha256(f"{options.seed} {kind} {number}".encode()).digest()
                name = digest.hex()
                with open(os.path.join(folders[kind], name[:2], name + ".safetensors"), "wb") as file: file.write(data)
                path = f"{kind}s/{kind[0]}{number:07d}." + ("jpg" if kind == "image" else "txt")
                rows.append((kind, digest, path))
        with database:
            database.executemany(
                "INSERT INTO file (root, path, key, size, modified, changed, inode, digest, state) VALUES (?, ?, ?, 1, 0, 0, 0, ?, 'read')",
                [(root_number, path.encode(), path, digest) for _, digest, path in rows])
            database.executemany(
                "UPDATE content SET fingerprint = ?, outcome = ?, pages = ? WHERE digest = ?",
                [(fingerprints[kind], kind, 1 if kind == "image" else 0, digest) for kind, digest, _ in rows])
            database.executemany(
                "INSERT INTO sheet (digest, format, encoding, title, identifiers) VALUES (?, 'text', 'UTF-8', '', '[]')",
                [(digest,) for kind, digest, _ in rows if kind == "sheet"])
            database.executemany(
                "INSERT INTO page (digest, number, width, height, orientation, encoding) VALUES (?, 1, 64, 64, 1, 'jpeg')",
                [(digest,) for kind, digest, _ in rows if kind == "image"])
        print(f"\r{start + count} of {half} images and sheets", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    database.close()
    with open(os.path.join(folder, "pairs.csv"), "w") as file:
        file.write("sheet,image\n")
        for number in range(min(options.pairs, half)): file.write(f"sheets/s{number:07d}.txt,images/i{number:07d}.jpg\n")


main()
