"""Renders models: a z-buffer, then either shading (photographs) or edges (line drawings)."""
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .mesh import turn, unit


class View:
    """Where the camera stands: angles in degrees, zoom, shift as parts of the picture."""

    def __init__(self, yaw=-30, pitch=18, roll=0.0, zoom=1.0, shift=(0.0, 0.0), perspective=0.12):
        self.yaw, self.pitch, self.roll, self.zoom, self.shift, self.perspective = yaw, pitch, roll, zoom, shift, perspective

    def matrix(self):
        return turn("z", self.roll) @ turn("x", self.pitch) @ turn("y", self.yaw)


class Buffers:
    """What each pixel shows: part (-1 for nothing), normal, colour, depth."""

    def __init__(self, model, view, width, height):
        vertices, normals, colours, parts, gloss = model.arrays()
        rot = view.matrix()
        self.rot = rot
        v, n = vertices @ rot.T, normals @ rot.T
        self.lowest = vertices[..., 1].min()
        lo, hi = v.reshape(-1, 3).min(0), v.reshape(-1, 3).max(0)
        self.centre = (lo + hi) / 2
        self.scale = view.zoom * min(width * 0.78 / (hi[0] - lo[0]), height * 0.78 / (hi[1] - lo[1]))
        self.width, self.height, self.view = width, height, view
        s = self.project(v)
        self.depth = np.full((height, width), -1e9)
        self.index = np.full((height, width), -1, dtype=np.int32)
        b0, b1 = np.zeros((height, width)), np.zeros((height, width))
        area = (s[:, 1, 0] - s[:, 0, 0]) * (s[:, 2, 1] - s[:, 0, 1]) - (s[:, 2, 0] - s[:, 0, 0]) * (s[:, 1, 1] - s[:, 0, 1])
        x0 = np.clip(np.floor(s[..., 0].min(1)), 0, width).astype(int)
        x1 = np.clip(np.ceil(s[..., 0].max(1)) + 1, 0, width).astype(int)
        y0 = np.clip(np.floor(s[..., 1].min(1)), 0, height).astype(int)
        y1 = np.clip(np.ceil(s[..., 1].max(1)) + 1, 0, height).astype(int)
        for t in range(len(s)):
            if abs(area[t]) < 1e-6 or x0[t] >= x1[t] or y0[t] >= y1[t]:
                continue
            (ax, ay, az), (bx, by, bz), (cx, cy, cz) = s[t]
            xs = np.arange(x0[t], x1[t]) + 0.5
            ys = (np.arange(y0[t], y1[t]) + 0.5)[:, None]
            w0 = ((bx - xs) * (cy - ys) - (cx - xs) * (by - ys)) / area[t]
            w1 = ((cx - xs) * (ay - ys) - (ax - xs) * (cy - ys)) / area[t]
            w2 = 1 - w0 - w1
            z = w0 * az + w1 * bz + w2 * cz
            window = (slice(y0[t], y1[t]), slice(x0[t], x1[t]))
            hit = (w0 >= -1e-6) & (w1 >= -1e-6) & (w2 >= -1e-6) & (z > self.depth[window])
            if not hit.any():
                continue
            self.depth[window][hit] = z[hit]
            self.index[window][hit] = t
            b0[window][hit] = w0[hit]
            b1[window][hit] = w1[hit]
        self.mask = self.index >= 0
        i = np.maximum(self.index, 0)
        b = np.stack([b0, b1, 1 - b0 - b1], -1)
        normal = np.einsum("hwk,hwkc->hwc", b, n[i])
        normal /= np.maximum(np.linalg.norm(normal, axis=2), 1e-6)[..., None]
        normal[normal[..., 2] < 0] *= -1  # faces seen from behind
        self.normal, self.colour, self.gloss = normal, colours[i], gloss[i]
        self.part = np.where(self.mask, parts[i], -1)
        self.world = vertices

    def project(self, v):
        """Rotated points to pixels; z stays depth."""
        p = v - self.centre
        f = self.scale / (1 - self.view.perspective * p[..., 2])
        x = self.width * (0.5 + self.view.shift[0]) + p[..., 0] * f
        y = self.height * (0.5 + self.view.shift[1]) - p[..., 1] * f
        return np.stack([x, y, p[..., 2]], -1)

    def bounds(self):
        ys, xs = np.nonzero(self.mask)
        return xs.min(), ys.min(), xs.max(), ys.max()


def line_art(model, view, width, height, weight=1, sampling=2):
    """Edges as a grey picture (black on white) and the bounds of the object in it."""
    b = Buffers(model, view, width * sampling, height * sampling)
    edge = np.zeros(b.mask.shape, dtype=bool)
    outline = np.zeros_like(edge)
    for dy, dx in ((0, 1), (1, 0)):
        one = (slice(0, edge.shape[0] - dy), slice(0, edge.shape[1] - dx))
        two = (slice(dy, None), slice(dx, None))
        differs = b.part[one] != b.part[two]
        bend = np.sum(b.normal[one] * b.normal[two], -1) < 0.8
        step = np.abs(b.depth[one] - b.depth[two]) > 0.09
        edge[one] |= differs | ((bend | step) & b.mask[one] & b.mask[two])
        outline[one] |= b.mask[one] != b.mask[two]
    thin = Image.fromarray((~edge * 255).astype("uint8"))
    bold = Image.fromarray((~outline * 255).astype("uint8")).filter(ImageFilter.MinFilter(3 + 2 * weight))
    thin = thin.filter(ImageFilter.MinFilter(3))
    art = Image.fromarray(np.minimum(np.asarray(thin), np.asarray(bold)))
    x0, y0, x1, y1 = (int(c) // sampling for c in b.bounds())
    return art.resize((width, height), Image.BOX), (x0, y0, x1, y1)


BACKGROUNDS = {  # wall colour, floor colour
    "concrete": ((168, 168, 162), (128, 126, 120)),
    "green floor": ((196, 198, 190), (74, 118, 92)),
    "workshop": ((112, 118, 124), (92, 88, 84)),
    "white": ((226, 226, 222), (206, 205, 200)),
    "bench": ((150, 156, 158), (150, 112, 74)),
    "cream": ((206, 196, 172), (120, 112, 104)),
    "night": ((62, 66, 74), (58, 56, 54)),
    "blue wall": ((134, 156, 174), (118, 118, 116)),
}


def noise_field(rng, height, width, cell):
    """Smooth noise between about -1 and 1."""
    small = rng.standard_normal((height // cell + 2, width // cell + 2))
    small = ((small - small.min()) / np.ptp(small) * 255).astype("uint8")
    big = Image.fromarray(small).resize((width, height), Image.BICUBIC)
    return np.asarray(big, dtype=float) / 127.5 - 1


def photo(model, view, width, height, rng, background, light=(-0.5, 0.8, 0.6), gain=1.0, warmth=0.0, sampling=2, grain=3.0):
    """A shaded colour picture as PIL image."""
    W, H = width * sampling, height * sampling
    b = Buffers(model, view, W, H)
    wall, floor = (np.array(c, dtype=float) for c in BACKGROUNDS[background])
    rows = np.linspace(0, 1, H)[:, None, None]
    columns = np.linspace(-1, 1, W)[None, :, None]
    scene = np.broadcast_to(wall, (H, W, 3)) * (1.06 - 0.2 * rows + 0.10 * columns * np.sign(light[0]) * -1)
    scene = scene * (1 + 0.05 * noise_field(rng, H, W, 160)[..., None])
    shadow = Image.new("L", (W, H), 0)
    draw = ImageDraw.Draw(shadow)
    sun = unit(light)
    if model.stand == "floor":
        corner = np.array([0, b.lowest, b.world[..., 2].min() - 0.9])
        horizon = int(b.project((corner @ b.rot.T)[None])[0, 1])
        horizon = max(int(0.12 * H), min(H, horizon))
        ground = np.broadcast_to(floor, (H, W, 3)) * (0.80 + 0.35 * rows) * (1 + 0.07 * noise_field(rng, H, W, 24)[..., None])
        scene = np.where(np.arange(H)[:, None, None] >= horizon, ground, scene)
        if background in ("green floor", "concrete", "workshop"):
            y = horizon + int((H - horizon) * rng.uniform(0.1, 0.25))
            scene[y:y + int(0.018 * H)] = scene[y:y + int(0.018 * H)] * 0.4 + np.array((214, 184, 60)) * 0.55
        if background in ("cream", "blue wall"):
            scene[max(0, horizon - int(0.03 * H)):horizon] *= 0.6
        t = (b.world[..., 1] - b.lowest) / sun[1]
        ground_points = b.world - t[..., None] * sun
        ground_points[..., 1] = b.lowest
        for tri in b.project(ground_points @ b.rot.T)[..., :2]:
            draw.polygon([tuple(p) for p in tri], fill=150)
    elif model.stand == "wall":
        shape = Image.fromarray((b.mask * 150).astype("uint8"))
        shadow.paste(shape, (int(-sun[0] * 0.05 * W), int(0.04 * H)))
        if background in ("workshop", "concrete", "night"):
            for x in range(int(rng.uniform(0, W / 3)), W, W // 3):
                scene[:, x:x + 4] *= 0.75
    else:
        for k in range(4):  # beams far behind
            y = int(H * (0.1 + 0.25 * k + rng.uniform(-0.05, 0.05)))
            scene[y:y + int(0.03 * H)] *= 0.82
    dark = np.asarray(shadow.filter(ImageFilter.GaussianBlur(W / 90)), dtype=float)[..., None] / 255
    scene = scene * (1 - 0.75 * dark)

    facing = np.clip(b.normal @ unit(np.array(light)), 0, 1)[..., None]
    half = unit(unit(np.array(light)) + np.array([0, 0, 1]))
    shine = np.clip(b.normal @ half, 0, 1)[..., None] ** 24 * b.gloss[..., None]
    sky = 0.5 + 0.5 * b.normal[..., 1:2]
    dirt = 1 + 0.06 * noise_field(rng, H, W, 40)[..., None] + 0.04 * noise_field(rng, H, W, 9)[..., None]
    body = b.colour * (0.26 + 0.20 * sky + 0.68 * facing) * dirt + 190 * shine
    # Creases between parts are darker.
    edge = np.zeros(b.mask.shape)
    edge[:, 1:] += b.part[:, 1:] != b.part[:, :-1]
    edge[1:] += b.part[1:] != b.part[:-1]
    crease = np.asarray(Image.fromarray((np.clip(edge, 0, 1) * 255).astype("uint8")).filter(ImageFilter.GaussianBlur(W / 420)), dtype=float)
    body *= 1 - 0.55 * np.clip(crease / 255 * 1.6, 0, 1)[..., None]
    picture = np.where(b.mask[..., None], body, scene)
    radius = np.hypot(np.linspace(-1, 1, W)[None], np.linspace(-1, 1, H)[:, None])[..., None]
    picture = picture * gain * (1.04 - 0.16 * radius ** 2) * (1 + np.array([1, 0.1, -1]) * warmth)
    image = Image.fromarray(np.clip(picture, 0, 255).astype("uint8")).resize((width, height), Image.LANCZOS)
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.7)))
    pixels = np.asarray(image, dtype=float)
    pixels = pixels + rng.standard_normal((height, width, 1)) * grain * 0.7 + rng.standard_normal(pixels.shape) * grain * 0.3
    return Image.fromarray(np.clip(pixels, 0, 255).astype("uint8"))
