"""Three-dimensional primitives that the equipment is composed of.

Axes: x to the right, y up, z towards the viewer; a model fills about -1 to 1.
Every primitive becomes triangles with vertex normals, a colour and a part number.
"""
import math

import numpy as np


def vec(*values):
    return np.array(values, dtype=float)


def unit(v):
    v = np.asarray(v, dtype=float)
    return v / max(np.linalg.norm(v), 1e-9)


def frame(axis):
    """Two vectors that stand upright on `axis` and on each other."""
    a = unit(axis)
    u = np.cross(a, (0, 1, 0)) if abs(a[1]) < 0.9 else np.cross(a, (0, 0, 1))
    u = unit(u)
    return u, np.cross(a, u)


def turn(axis, degrees):
    """A rotation matrix about x, y or z."""
    a = math.radians(degrees)
    c, s = math.cos(a), math.sin(a)
    return np.array({
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }[axis], dtype=float)


class Model:
    """A piece of equipment. `stand` is floor, wall or hang: what a photograph shows behind it."""

    def __init__(self, stand="floor", yaw=0.0, pitch=0.0):
        self.stand, self.yaw, self.pitch = stand, yaw, pitch
        self.vertices, self.normals, self.colours, self.parts, self.gloss = [], [], [], [], []
        self.part = 0
        self.matrix, self.offset = np.eye(3), np.zeros(3)

    def place(self, offset=(0, 0, 0), matrix=None):
        """Moves and turns all primitives that follow."""
        self.offset = np.asarray(offset, dtype=float)
        self.matrix = np.eye(3) if matrix is None else matrix

    def _add(self, vertices, normals, colour, gloss=0.3):
        v = np.asarray(vertices, dtype=float).reshape(-1, 3, 3) @ self.matrix.T + self.offset
        n = np.asarray(normals, dtype=float).reshape(-1, 3, 3) @ self.matrix.T
        self.vertices.append(v)
        self.normals.append(n)
        self.colours.append(np.broadcast_to(np.asarray(colour, dtype=float), (len(v), 3)))
        self.parts.append(np.full(len(v), self.part))
        self.gloss.append(np.full(len(v), gloss))
        self.part += 1

    def join(self, first):
        """Makes all primitives since part number `first` one part, so that no lines are drawn between them."""
        self.parts = [np.full(len(p), first) if p[0] >= first else p for p in self.parts]

    def arrays(self):
        return tuple(np.concatenate(x) for x in (self.vertices, self.normals, self.colours, self.parts, self.gloss))

    def quads(self, corners, colour, gloss=0.3):
        """Flat four-cornered faces."""
        tris, norms = [], []
        for a, b, c, d in np.asarray(corners, dtype=float):
            n = unit(np.cross(b - a, c - a))
            tris += [[a, b, c], [a, c, d]]
            norms += [[n] * 3] * 2
        self._add(tris, norms, colour, gloss)

    def box(self, centre, size, colour, gloss=0.25, matrix=None):
        h = np.asarray(size, dtype=float) / 2
        corner = lambda x, y, z: vec(x * h[0], y * h[1], z * h[2])
        faces = []
        for axis in range(3):
            for sign in (-1, 1):
                ring = []
                for p, q in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                    s = [0, 0, 0]
                    s[axis], s[(axis + 1) % 3], s[(axis + 2) % 3] = sign, p, q
                    ring.append(corner(*s))
                faces.append(ring if sign > 0 else ring[::-1])
        faces = np.array(faces)
        if matrix is not None:
            faces = faces @ matrix.T
        self.quads(faces + np.asarray(centre, dtype=float), colour, gloss)

    def cyl(self, start, end, radius, colour, end_radius=None, n=28, caps=True, gloss=0.45):
        """A cylinder, or a cone frustum when `end_radius` is given."""
        p0, p1 = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        r0, r1 = radius, radius if end_radius is None else end_radius
        axis, (u, w) = unit(p1 - p0), frame(p1 - p0)
        slope = (r0 - r1) / max(np.linalg.norm(p1 - p0), 1e-9)
        a = np.linspace(0, 2 * math.pi, n + 1)
        d = np.cos(a)[:, None] * u + np.sin(a)[:, None] * w
        nn = d + slope * axis
        nn /= np.linalg.norm(nn, axis=1)[:, None]
        if n <= 8:  # prisms such as hexagon heads have flat faces
            nn = None
        tris, norms = [], []
        for i in range(n):
            q = p0 + r0 * d[i], p0 + r0 * d[i + 1], p1 + r1 * d[i + 1], p1 + r1 * d[i]
            m = (nn[i], nn[i + 1]) if nn is not None else (unit(d[i] + d[i + 1]),) * 2
            tris += [[q[0], q[1], q[2]], [q[0], q[2], q[3]]]
            norms += [[m[0], m[1], m[1]], [m[0], m[1], m[0]]]
            if caps:
                if r0 > 0:
                    tris.append([p0, q[1], q[0]])
                    norms.append([-axis] * 3)
                if r1 > 0:
                    tris.append([p1, q[3], q[2]])
                    norms.append([axis] * 3)
        self._add(tris, norms, colour, gloss)

    def lathe(self, start, axis, profile, colour, n=28, gloss=0.45):
        """Frustums along an axis: profile is a list of (distance, radius)."""
        p, a = np.asarray(start, dtype=float), unit(axis)
        for (s, r), (t, q) in zip(profile, profile[1:]):
            if t > s:
                self.cyl(p + a * s, p + a * t, r, colour, q, n=n, gloss=gloss)

    def sphere(self, centre, radius, colour, stretch=(1, 1, 1), n=20, low=-90, high=90, gloss=0.5):
        c, s = np.asarray(centre, dtype=float), np.asarray(stretch, dtype=float)
        lat = np.radians(np.linspace(low, high, n // 2 + 1))
        lon = np.linspace(0, 2 * math.pi, n + 1)
        d = np.array([[(math.cos(p) * math.cos(q), math.sin(p), math.cos(p) * math.sin(q)) for q in lon] for p in lat])
        v = c + radius * d * s
        m = d / s
        m /= np.linalg.norm(m, axis=2)[..., None]
        self._grid(v, m, colour, gloss)

    def torus(self, centre, axis, ring, radius, colour, start=0, stop=360, n=36, m=10, gloss=0.45):
        c, a, (u, w) = np.asarray(centre, dtype=float), unit(axis), frame(axis)
        v, nn = [], []
        for p in np.radians(np.linspace(start, stop, n + 1)):
            out = math.cos(p) * u + math.sin(p) * w
            q = np.linspace(0, 2 * math.pi, m + 1)
            d = np.cos(q)[:, None] * out + np.sin(q)[:, None] * a
            v.append(c + ring * out + radius * d)
            nn.append(d)
        self._grid(np.array(v), np.array(nn), colour, gloss)

    def _grid(self, v, m, colour, gloss):
        a, b, c, d = v[:-1, :-1], v[:-1, 1:], v[1:, 1:], v[1:, :-1]
        e, f, g, h = m[:-1, :-1], m[:-1, 1:], m[1:, 1:], m[1:, :-1]
        tris = np.concatenate([np.stack([a, b, c], -2).reshape(-1, 3, 3), np.stack([a, c, d], -2).reshape(-1, 3, 3)])
        norms = np.concatenate([np.stack([e, f, g], -2).reshape(-1, 3, 3), np.stack([e, g, h], -2).reshape(-1, 3, 3)])
        self._add(tris, norms, colour, gloss)

    def tube(self, points, radius, colour, gloss=0.4):
        """A pipe, hose or wire along a polyline."""
        first = self.part
        for a, b in zip(points, points[1:]):
            self.cyl(a, b, radius, colour, n=12, caps=False, gloss=gloss)
        for p in points:
            self.sphere(p, radius, colour, n=10, gloss=gloss)
        self.join(first)

    def prism(self, outline, depth, colour, at=0.0, plane="xy", gloss=0.25):
        """A polygon (any without holes) extruded: `outline` in the plane, from `at` - depth/2 to `at` + depth/2."""
        pts = np.asarray(outline, dtype=float)
        x, y = pts[:, 0], pts[:, 1]
        if np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) < 0:
            pts = pts[::-1]

        def lift(p, t):
            return {"xy": (p[0], p[1], t), "zy": (t, p[1], -p[0]), "xz": (p[0], t, -p[1])}[plane]
        front, back = at + depth / 2, at - depth / 2
        side = {"xy": (0, 0, 1), "zy": (1, 0, 0), "xz": (0, 1, 0)}[plane]
        tris, norms = [], []
        for i, j, k in ear_clip(pts):
            tris.append([lift(pts[i], front), lift(pts[j], front), lift(pts[k], front)])
            tris.append([lift(pts[k], back), lift(pts[j], back), lift(pts[i], back)])
            norms += [[vec(*side)] * 3, [-vec(*side)] * 3]
        for i in range(len(pts)):
            p, q = pts[i], pts[(i + 1) % len(pts)]
            a, b, c, d = (vec(*lift(p, back)), vec(*lift(q, back)), vec(*lift(q, front)), vec(*lift(p, front)))
            n = unit(np.cross(b - a, d - a))
            tris += [[a, b, c], [a, c, d]]
            norms += [[n] * 3] * 2
        self._add(tris, norms, colour, gloss)

    def bolt(self, at, axis, radius, height, colour=(150, 150, 148)):
        p = np.asarray(at, dtype=float)
        self.cyl(p, p + unit(axis) * height, radius, colour, n=6)

    def flange(self, centre, axis, radius, thickness, colour, bolts=6, bolt=0.035):
        """A disc with bolt heads on both faces."""
        c, a = np.asarray(centre, dtype=float), unit(axis)
        u, w = frame(a)
        self.cyl(c - a * thickness / 2, c + a * thickness / 2, radius, colour)
        for i in range(bolts):
            t = 2 * math.pi * (i + 0.5) / bolts
            p = c + 0.8 * radius * (math.cos(t) * u + math.sin(t) * w)
            self.bolt(p + a * thickness / 2, a, bolt, 0.03)
            self.bolt(p - a * thickness / 2, -a, bolt, 0.03)

    def spring(self, base, height, ring, wire, colour, turns=5):
        points, first = [], self.part
        for i in range(turns * 10 + 1):
            t = 2 * math.pi * i / 10
            points.append((base[0] + ring * math.cos(t), base[1] + height * i / (turns * 10), base[2] + ring * math.sin(t)))
        for a, b in zip(points, points[1:]):
            self.cyl(a, b, wire, colour, n=9, caps=False)
        self.join(first)

    def panel_text(self, centre, width, height, rows, colour, normal="z"):
        """Stripes that look like lines of print on a plate facing `normal`."""
        for i in range(rows):
            y = centre[1] + height * (0.5 - (i + 0.5) / rows)
            w = width * (0.9 if i % 2 == 0 else 0.6)
            self.box((centre[0] - (width - w) / 2, y, centre[2]), (w, height / rows * 0.45, 0.006), colour)


def ear_clip(pts):
    """Triangles of a simple counter-clockwise polygon."""
    def cross(o, a, b):
        return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
    left, out = list(range(len(pts))), []
    while len(left) > 3:
        for n in range(len(left)):
            i, j, k = left[n - 1], left[n], left[(n + 1) % len(left)]
            a, b, c = pts[i], pts[j], pts[k]
            if cross(a, b, c) <= 1e-12:
                continue
            if any(cross(a, b, pts[p]) >= 0 and cross(b, c, pts[p]) >= 0 and cross(c, a, pts[p]) >= 0
                   for p in left if p not in (i, j, k)):
                continue
            out.append((i, j, k))
            left.pop(n)
            break
        else:
            left.pop(0)
    out.append(tuple(left))
    return out
