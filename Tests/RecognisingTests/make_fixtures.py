"""Draws the pages in Fixtures/; run by hand: /usr/bin/python3 make_fixtures.py (Debian: python3-pil, fonts-ipafont-gothic, fonts-dejavu-core)."""
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LATIN = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
JAPANESE = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"
FOLDER = Path(__file__).parent / "Fixtures"


def page(width, height):
    image = Image.new("L", (width, height), 255)
    return image, ImageDraw.Draw(image)


def save(image, name):
    # Four grey steps: smooth letters in few bytes.
    image.point(lambda v: round(v / 85) * 85).quantize(4).convert("L").save(FOLDER / name, optimize=True)


image, draw = page(900, 400)
draw.text((100, 60), "Close the inlet valve V-12", font=ImageFont.truetype(LATIN, 32), fill=0)
draw.text((100, 140), "Drain the pump casing", font=ImageFont.truetype(LATIN, 32), fill=0)
draw.text((100, 300), "Torque: 45 Nm", font=ImageFont.truetype(LATIN, 32), fill=0)
draw.line((100, 240, 800, 240), fill=0, width=3)
save(image, "english.png")

image, draw = page(900, 300)
draw.text((80, 50), "電源を切り、モーターのケーブルを外す。", font=ImageFont.truetype(JAPANESE, 34), fill=0)
draw.text((80, 130), "新しい軸受を取り付ける。", font=ImageFont.truetype(JAPANESE, 34), fill=0)
draw.text((80, 210), "取付ボルトを新品に替える。", font=ImageFont.truetype(JAPANESE, 34), fill=0)
save(image, "japanese.png")

# Vertical forms of the punctuation need a shaping engine; there is none in the text.
STEPS = ("電源を切りモーターの線を外す", "新しい軸受を軸に取り付ける", "取付ボルトを新品に替える", "運転中は扉を開けないこと", "油量を毎朝確認して記録する",
         "異音がしたら直ちに停止する", "点検表に日付と氏名を書く", "交換した部品は工場長に渡す")
image, draw = page(560, 660)
for column, text in enumerate(STEPS):
    for row, letter in enumerate(text):
        draw.text((490 - column * 62, 40 + row * 38), letter, font=ImageFont.truetype(JAPANESE, 34), fill=0)
save(image, "vertical.png")
