#!/usr/bin/env python3
"""Writes an archive of short texts in the old encodings of their folders, or judges how one was read.

    ops/encoding-folders.py make FOLDER [--count 2000] [--seed 1] [--strays 0] [--rare]    the texts, and truth.json beside FOLDER
    ops/encoding-folders.py judge FOLDER CATALOG                     the share that was read right, and how sure the wrong ones were

Half of the texts are ASCII with one or two signs of the encoding ("…", "×", "。"), the others file lists, notes and part lists.
`--rare` adds folders of English with Ø in Latin-1, and of KOI8-R, IBM866, ISO-8859-2, Macintosh and IBM850.

"Right" means right to the character, whatever the encoding is called."""
import argparse, hashlib, json, pathlib, random, sqlite3

LANGUAGES = {
    "gbk": dict(
        words="零件 清单 轴承 螺钉 安装 说明 电机 油泵 更换 检查 滤芯 阀门 压力 温度 单位 数量 备注 图纸 型号 规格 左侧 右侧 密封圈 弹簧 齿轮 外壳 请先 关闭 电源 开关 定期 清洗 润滑".split(),
        signs="…×。—·“”①±℃→、（）"),
    "cp932": dict(
        words="部品 一覧 軸受 ねじ 取付 説明 モーター ポンプ 交換 点検 フィルタ バルブ 圧力 温度 単位 数量 備考 図面 型式 仕様 左側 右側 パッキン ばね 歯車 カバー 電源を 切る こと 定期的に 清掃 給油 する".split(),
        signs="…×。・①±℃→、「」（）※"),
    "big5": dict(
        words="零件 清單 軸承 螺絲 安裝 說明 馬達 油泵 更換 檢查 濾芯 閥門 壓力 溫度 單位 數量 備註 圖紙 型號 規格 左側 右側 密封圈 彈簧 齒輪 外殼 請先 關閉 電源 開關 定期 清洗 潤滑".split(),
        signs="…×。±℃→、「」（）"),
    "euc_kr": dict(
        words="부품 목록 베어링 나사 설치 설명 모터 펌프 교환 점검 필터 밸브 압력 온도 단위 수량 비고 도면 형식 사양 왼쪽 오른쪽 패킹 스프링 기어 덮개 먼저 전원을 끄고 정기적으로 청소 급유".split(),
        signs="…×·±℃→“”"),
    "cp1252": dict(
        words="Stückliste Größe Lager Schraube für Öl Gehäuse prüfen Dichtung Prüfdruck Zubehör wählen größer Motor Pumpe Rücklauf".split(),
        others=["pièce détachée réglage numéro café pompe moteur schéma côté vérifier pression huile à remplacer".split(),
                "señal año título tamaño presión número válvula bomba lubricación página según máximo".split()],
        signs="…×°±µ–“”§é½²"),
}
GERMAN, FRENCH = LANGUAGES["cp1252"]["words"], LANGUAGES["cp1252"]["others"][0]
RUSSIAN = "насос клапан фильтр подшипник давление масло проверить замена снять крышку уплотнение болт гайка двигатель перед работой закрыть деталь список".split()
RARE = {
    "latin-1": dict(words=[f"{word} {sign}" for word in "Pipe Shaft Bore Hole Bolt Flange Seal Ring Washer Nozzle Gasket Spindle Drill Tube Pin".split() for sign in "Øø"], signs="Øø°"),
    "koi8_r": dict(words=RUSSIAN, signs="°·÷²"),
    "cp866": dict(words=RUSSIAN, signs="°·№"),
    "iso8859_2": dict(
        words="łożysko uszczelka śruba ciśnienie sprawdź pompę wyłącz zasilanie zawór część źródło żółty wąż połączenie olej silnik przed otwarciem".split(),
        others=["ložisko těsnění šroub tlak zkontrolujte čerpadlo vypněte napájení ventil část žlutý hadice připojení před otevřením díl".split()], signs="°×§÷"),
    "mac_roman": dict(words=FRENCH, others=[GERMAN], signs="…°±µ–“”§é"),
    "cp850": dict(words=GERMAN, others=[FRENCH], signs="°±µ§é½²"),
}
PLAIN = ["part list", "see page 4", "bolt M8x20", "readme", "rev. B", "item 12", "C:\\parts\\pump\\drawing.dwg", "2019-03-14", "qty 4", "note", "TODO check", "size 12 mm",
         "Pump P-101", "backup copy", "seal kit 44-2110", "see drawing", "motor 0.75 kW", "left side", "list of files", "img_0042.jpg", "total 18 pcs", "spare parts", "order no. 7734"]


def ascii_with_signs(rng, language):
    words = rng.sample(PLAIN, rng.randint(2, 6))
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(words))
        sign = rng.choice(language["signs"])
        words[at] = rng.choice([words[at] + sign, words[at] + " " + sign + " ", words[at] + sign + str(rng.randint(1, 99))])
    return rng.choice([" ", "\n", ", "]).join(words)


def written(rng, language):
    words, kind = rng.choice([language["words"], *language.get("others", [])]), rng.randrange(3)
    if kind == 0:
        return "\n".join(f"{rng.choice(words)}{rng.choice(words)}_{rng.randint(1, 99)}.{rng.choice(['jpg', 'dwg', 'txt'])}" for _ in range(rng.randint(1, 5)))
    if kind == 1:
        return "\n".join(f"{rng.randint(1, 40)}\t{rng.choice(words)}\t{rng.randint(100, 999)}-{rng.randint(10, 99)}\t{rng.randint(1, 9)}" for _ in range(rng.randint(1, 4)))
    glue = " " if language in (LANGUAGES["euc_kr"], LANGUAGES["cp1252"], *RARE.values()) else ""
    return glue.join(rng.choice(words) for _ in range(rng.randint(1, 8))) + rng.choice(["", ".", " " + rng.choice(PLAIN)])


def make(folder, count, seed, strays, rare):
    rng, truth = random.Random(seed), {}
    # Every fourth folder holds UTF-8, too.
    folders = [(f"{name}/{number:02}", name, number % 4 == 3) for name in ("gbk", "cp932", rng.choice(["big5", "euc_kr"]), "cp1252", *(RARE if rare else ())) for number in range(8)]
    while len(truth) < count:
        place, encoding, mixed = rng.choice(folders)
        if rng.random() < strays:
            encoding = rng.choice([other for other in ("gbk", "cp932", "euc_kr", "cp1252") if other != encoding])
        language = {**LANGUAGES, **RARE}[encoding]
        text = (ascii_with_signs if rng.random() < 0.5 else written)(rng, language)
        data = text.encode("utf-8" if mixed and rng.random() < 0.4 else encoding)
        digest = hashlib.sha256(data).hexdigest()
        if digest in truth:
            continue
        truth[digest] = text
        file = folder / place / f"{len(truth):05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    folder.with_name(folder.name + ".truth.json").write_text(json.dumps(truth, ensure_ascii=False))


CODECS = {"windows-31j": "cp932", "windows-949": "cp949", "GB18030": "gb18030"}


def judge(folder, catalog):
    truth = json.loads(folder.with_name(folder.name + ".truth.json").read_text())
    rows = {row[0].hex(): row[1:] for row in sqlite3.connect(f"file:{catalog}?mode=ro", uri=True).execute("SELECT digest, encoding, confidence FROM sheet")}
    bands, wrong, unread = {}, [], 0
    for file in sorted(folder.rglob("*.txt")):
        data = file.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in rows:
            unread += 1
            wrong.append((0, file, "unread", truth[digest]))
            continue
        encoding, confidence = rows[digest]
        right = data.decode(CODECS.get(encoding, encoding), "replace") == truth[digest]
        if encoding != "UTF-8":
            band = bands.setdefault(min(9, int(confidence * 10)) if confidence < 0.99 else 10, [0, 0])
            band[0] += right
            band[1] += 1
        if not right:
            wrong.append((confidence, file, encoding, truth[digest]))
    for entry in sorted(wrong, key=lambda entry: -entry[0])[:15]:
        print(*map(repr, entry))
    for band, (right, count) in sorted(bands.items()):
        print(f"confidence {'.99' if band == 10 else f'.{band}'} and more: {right} of {count} right")
    print(f"{len(truth) - len(wrong)} of {len(truth)} right ({100 * (1 - len(wrong) / len(truth)):.1f} %), {unread} unread, {sum(entry[0] >= .9 for entry in wrong)} wrong above .9")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
actions = parser.add_subparsers(dest="action", required=True)
maker = actions.add_parser("make")
maker.add_argument("folder", type=pathlib.Path)
maker.add_argument("--count", type=int, default=2000)
maker.add_argument("--seed", type=int, default=1)
maker.add_argument("--strays", type=float, default=0, help="the share of texts in another encoding than their folder's")
maker.add_argument("--rare", action="store_true", help="also folders in encodings of Unix, DOS and the Macintosh")
judging = actions.add_parser("judge")
judging.add_argument("folder", type=pathlib.Path)
judging.add_argument("catalog")
options = parser.parse_args()
if options.action == "make":
    make(options.folder, options.count, options.seed, options.strays, options.rare)
else:
    judge(options.folder, options.catalog)
