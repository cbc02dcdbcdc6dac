"""Paper: engineering drawings, printed instruction pages, inspection forms, and what a scanner makes of them."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .render import line_art, noise_field

SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"


def font(size, bold=False):
    return ImageFont.truetype(BOLD if bold else SANS, size, index=0, layout_engine=ImageFont.Layout.BASIC)


def wrap(text, face, width):
    """Lines no wider than `width`: broken at spaces, or anywhere between Japanese characters."""
    lines, line = [], ""
    words, word = [], ""
    for c in text:
        if ord(c) > 0x2E80:
            words += [word, c] if word else [c]
            word = ""
        elif c == " ":
            words.append(word + " ")
            word = ""
        else:
            word += c
    words.append(word)
    for w in words:
        if line and face.getlength((line + w).rstrip()) > width and w not in "、。）」":
            lines.append(line.rstrip())
            line = ""
        line += w
    return lines + ([line.rstrip()] if line.strip() else [])


def fitted(draw, box, text, size, bold=False, fill=0, align="left"):
    """One line of text, smaller until it fits in the box."""
    x0, y0, x1, y1 = box
    while size > 9 and font(size, bold).getlength(text) > x1 - x0 - 8:
        size -= 1
    face = font(size, bold)
    x = x0 + 5 if align == "left" else (x0 + x1 - face.getlength(text)) / 2
    draw.text((x, (y0 + y1) / 2), text, font=face, fill=fill, anchor="lm")


def arrow(draw, tip, along, fill=0):
    x, y = tip
    dx, dy = along
    draw.polygon([(x, y), (x + 9 * dx - 3 * dy, y + 9 * dy + 3 * dx), (x + 9 * dx + 3 * dy, y + 9 * dy - 3 * dx)], fill=fill)


def upright_text(image, at, text, size, fill=0):
    """Text that reads from bottom to top, centred at `at`."""
    face = font(size)
    width = int(face.getlength(text)) + 6
    stamp = Image.new("L", (width, size + 8), 255)
    ImageDraw.Draw(stamp).text((3, 2), text, font=face, fill=fill)
    stamp = stamp.rotate(90, expand=True)
    image.paste(stamp, (int(at[0] - stamp.width / 2), int(at[1] - stamp.height / 2)))


def drawing(model, view, item, rng, width=1000, height=720, weight=1):
    """An engineering drawing with frame, dimensions, balloons, parts list and title block. Grey, black on white."""
    page = Image.new("L", (width, height), 255)
    d = ImageDraw.Draw(page)
    d.rectangle((12, 12, width - 13, height - 13), outline=0, width=1)
    d.rectangle((24, 24, width - 25, height - 25), outline=0, width=2)
    for k in range(4):  # zone marks
        x = 24 + (width - 48) * (2 * k + 1) // 8
        d.text((x, 18), str(k + 1), font=font(10), fill=0, anchor="mm")
        d.text((x, height - 18), str(k + 1), font=font(10), fill=0, anchor="mm")
    top, bottom, left, right = 44, height - 150, 90, width - 90
    art, (x0, y0, x1, y1) = line_art(model, view, right - left, bottom - top - 40, weight)
    page.paste(art, (left, top))
    x0, x1, y0, y1 = x0 + left, x1 + left, y0 + top, y1 + top
    # Overall dimensions.
    y = y1 + 30
    d.line((x0, y1 + 6, x0, y + 6), fill=0)
    d.line((x1, y1 + 6, x1, y + 6), fill=0)
    d.line((x0, y, x1, y), fill=0)
    arrow(d, (x0, y), (1, 0))
    arrow(d, (x1, y), (-1, 0))
    text = str(item["size"][0])
    half = font(17).getlength(text) / 2 + 4
    d.rectangle(((x0 + x1) / 2 - half, y - 11, (x0 + x1) / 2 + half, y + 11), fill=255)
    d.text(((x0 + x1) / 2, y), text, font=font(17), fill=0, anchor="mm")
    x = x0 - 30
    d.line((x - 6, y0, x0 - 6, y0), fill=0)
    d.line((x - 6, y1, x0 - 6, y1), fill=0)
    d.line((x, y0, x, y1), fill=0)
    arrow(d, (x, y0), (0, 1))
    arrow(d, (x, y1), (0, -1))
    upright_text(page, (x, (y0 + y1) / 2), str(item["size"][1]), 17)
    # Balloons on the right, each with a leader to the object.
    black = np.asarray(art) < 128
    names = item["parts"]
    for k, _ in enumerate(names):
        by = y0 + (y1 - y0) * (k + 0.5) / len(names)
        bx = min(x1 + 62, width - 56)
        row = int(by - top + rng.integers(-8, 9))
        hits = np.nonzero(black[min(max(row, 0), black.shape[0] - 1)])[0]
        px = left + (int(hits[int(len(hits) * rng.uniform(0.55, 0.85))]) if len(hits) else (x0 + x1) // 2)
        py = top + row
        d.line((bx - 14, by, px, py), fill=0)
        d.ellipse((px - 3, py - 3, px + 3, py + 3), fill=0)
        d.ellipse((bx - 14, by - 14, bx + 14, by + 14), fill=255, outline=0, width=2)
        d.text((bx, by), str(k + 1), font=font(16), fill=0, anchor="mm")
    # Parts list at the lower left, title block at the lower right.
    rows = len(names)
    ly, lh = height - 25 - 22 * rows, 22
    for k, name in enumerate(names):
        y = ly + lh * k
        d.rectangle((24, y, 64, y + lh), outline=0)
        d.rectangle((64, y, 330, y + lh), outline=0)
        d.rectangle((330, y, 380, y + lh), outline=0)
        fitted(d, (24, y, 64, y + lh), str(k + 1), 14, align="centre")
        fitted(d, (64, y, 330, y + lh), name, 14)
        fitted(d, (330, y, 380, y + lh), "1", 14, align="centre")
    tx, ty = width - 25 - 430, height - 25 - 100
    d.rectangle((tx, ty, width - 25, height - 25), fill=255, outline=0, width=2)
    japanese = item["language"] == "ja"
    label = ("図名", "図番", "尺度", "製図", "検図", "日付") if japanese else ("TITLE", "DWG NO.", "SCALE", "DRAWN", "CHECKED", "DATE")
    people = ("佐藤", "鈴木", "高橋", "田中", "渡辺", "伊藤") if japanese else ("K. Sato", "M. Ito", "T. Abe", "Y. Mori", "R. Kato", "S. Ueda")
    cells = [(0, 0, 1, label[0], item[item["language"]]), (0, 1, 1, label[1], item["drawing"]),
             (0, 2, 0.34, label[2], str(rng.choice(["1:2", "1:5", "1:10", "NTS"]))), (0.34, 2, 0.33, label[3], people[int(rng.integers(6))]),
             (0.67, 2, 0.33, label[4], people[int(rng.integers(6))])]
    for cx, row, share, key, value in cells:
        a, b = tx + 430 * cx, tx + 430 * (cx + share)
        y, h = ty + (0, 40, 72)[row], (40, 32, 28)[row]
        d.rectangle((a, y, b, y + h), outline=0)
        d.text((a + 4, y + 2), key, font=font(9), fill=0)
        fitted(d, (a + 44, y, b, y + h), value, (22, 19, 14)[row], bold=row == 0)
    return page


def instruction_page(model, view, item, lines, rng, picture=None, width=850, height=1200, weight=1, number=1, pages=1, figure_first=True):
    """A printed page: heading, picture with caption, numbered text. `picture` replaces the line drawing.

    With `figure_first` false, the picture stands below the text.
    """
    page = Image.new("L", (width, height), 255)
    d = ImageDraw.Draw(page)
    japanese = item["language"] == "ja"
    d.rectangle((60, 52, width - 60, 118), outline=0, width=2)
    fitted(d, (66, 52, width - 270, 118), item[item["language"]], 30, bold=True)
    d.line((width - 260, 52, width - 260, 118), fill=0, width=2)
    d.line((width - 260, 85, width - 60, 85), fill=0)
    fitted(d, (width - 260, 52, width - 60, 85), ("設備番号 " if japanese else "Tag ") + item["tag"], 17)
    fitted(d, (width - 260, 85, width - 60, 118), ("図番 " if japanese else "Dwg ") + item["drawing"], 17)
    box = (width - 140, 500)
    top = 140 if figure_first else height - 640
    if picture is None:
        art, _ = line_art(model, view, *box, weight)
        page.paste(art, (70, top))
    else:
        picture = picture.convert("L").resize((int(box[1] * picture.width / picture.height), box[1]), Image.LANCZOS)
        if picture.width > box[0]:
            picture = picture.resize((box[0], int(picture.height * box[0] / picture.width)), Image.LANCZOS)
        page.paste(picture, ((width - picture.width) // 2, top))
    caption = f"図{number} {item['ja']}" if japanese else f"Figure {number}  {item['en']}"
    d.text((width / 2, top + 522), caption, font=font(19), fill=0, anchor="mm")
    y, face = 696 if figure_first else 146, font(18)
    end = height - 80 if figure_first else top - 10
    for k, line in enumerate(lines):
        rows = wrap(line, face, width - 190)
        if y + 27 * len(rows) > end:
            break
        d.text((72, y), f"{k + 1}.", font=face, fill=0)
        for row in rows:
            d.text((108, y), row, font=face, fill=0)
            y += 27
        y += 5
    d.text((width / 2, height - 44), f"{item['tag']}  -  {number} / {pages}", font=font(15), fill=0, anchor="mm")
    return page


def form_page(item, checks, rng, width=850, height=1200, number=2, pages=2):
    """A record of inspections with handwriting-like ticks."""
    page = Image.new("L", (width, height), 255)
    d = ImageDraw.Draw(page)
    japanese = item["language"] == "ja"
    d.text((width / 2, 84), "点検記録表" if japanese else "Inspection record", font=font(32, True), fill=0, anchor="mm")
    d.text((70, 130), f"{item[item['language']]}   {item['tag']}", font=font(20), fill=0)
    columns = [70, 110, 500, 570, 640, 710, 780]
    heads = ["No", "点検項目" if japanese else "Item", *(("4月", "5月", "6月", "7月") if japanese else ("Apr", "May", "Jun", "Jul"))]
    y, h = 176, 46
    for row in range(len(checks) + 1):
        for k in range(6):
            box = (columns[k], y, columns[k + 1], y + h)
            d.rectangle(box, outline=0)
            if row == 0:
                fitted(d, box, heads[k], 17, bold=True, align="centre")
            elif k == 0:
                fitted(d, box, str(row), 16, align="centre")
            elif k == 1:
                text = checks[row - 1]
                face = font(16)
                while face.getlength(text) > 370:
                    text = text[:-2]
                fitted(d, box, text, 16)
            elif rng.random() < 0.85:
                cx, cy = (box[0] + box[2]) / 2 + rng.uniform(-6, 6), y + h / 2 + rng.uniform(-4, 4)
                d.line([(cx - 10, cy), (cx - 3, cy + 9), (cx + 13, cy - 11)], fill=0, width=3)
        y += h
    y += 30
    d.rectangle((70, y, 780, y + 150), outline=0)
    d.text((80, y + 8), "備考" if japanese else "Remarks", font=font(16), fill=0)
    for k, text in enumerate(("承認", "確認", "担当") if japanese else ("Appr.", "Check", "By")):
        x = 540 + 80 * k
        d.rectangle((x, y + 50, x + 80, y + 75), outline=0)
        d.rectangle((x, y + 75, x + 80, y + 150), outline=0)
        fitted(d, (x, y + 50, x + 80, y + 75), text, 15, align="centre")
        d.ellipse((x + 14, y + 86, x + 66, y + 138), outline=0, width=3)
        fitted(d, (x + 14, y + 86, x + 66, y + 138), ("佐藤", "鈴木", "田中")[k] if japanese else ("KS", "MI", "TA")[k], 18, align="centre")
    d.text((width / 2, height - 44), f"{item['tag']}  -  {number} / {pages}", font=font(15), fill=0, anchor="mm")
    return page


def scanned(page, rng, skew, bilevel):
    """What a scanner delivers: slight turn, dust; bilevel, or grey in few steps so that it stays small."""
    turned = page.rotate(skew, resample=Image.BICUBIC, fillcolor=255)
    h, w = page.height, page.width
    pixels = np.asarray(turned, dtype=float)
    if bilevel:
        black = pixels < 185
        for _ in range(int(rng.integers(40, 110))):
            x, y, r = int(rng.integers(w)), int(rng.integers(h)), int(rng.integers(1, 3))
            black[y:y + r, x:x + r] = ~black[y:y + r, x:x + r]
        x = int(rng.integers(20, 40))
        if rng.random() < 0.5:  # the dark edge of the glass
            black[int(rng.integers(h // 3)):, :x // 8] = True
        return Image.fromarray(~black)
    paper = 238 + 6 * noise_field(rng, h, w, 300)
    grey = np.minimum(pixels / 255 * paper + 22 * (1 - pixels / 255), 255)
    grey[:, :6] *= np.linspace(0.55, 1, 6)
    image = Image.fromarray(grey.astype("uint8")).filter(ImageFilter.GaussianBlur(0.5))
    return image.point(lambda v: min(255, (v + 8) // 16 * 16))
