#!/usr/bin/env python3
"""Counts the character statistics that tell encodings apart, and writes them as Swift.

    encoding-statistics.py count DIRECTORY            writes Sources/Parsing/Text/Encodings/Statistics*.swift
    encoding-statistics.py development DIRECTORY FILE  writes a TSV (language, text) to tune with

DIRECTORY holds what these commands leave there (the statistics in the repository come from Debian 12, November 2026):

    apt-get download installation-guide-amd64 manpages-ja manpages-zh unicode-cldr-core; for f in *.deb; do dpkg-deb -x $f x; done
    pip download --no-deps django sphinx; for f in *.whl; do unzip -qo $f '*/locale/*' -d w; done

Counted: the translations that Debian's own packages install under /usr/share/locale (GNU tools, GTK, PostgreSQL, apt ...; names of
countries and languages left out), the Debian installation guide, and the Japanese and Chinese manual pages. Each file counts
with at most 60,000 characters, so that no single program makes a language. For ideographs and hangul a quarter of the weight goes
to the names that Unicode CLDR gives to symbols: those know of food, tools and animals, of which programs do not speak. Django and Sphinx are never counted: their
translations are the development set.
"""
import collections, gettext, glob, gzip, html, math, os, random, re, sys, unicodedata

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources/Parsing/Text/Encodings")
PER_FILE = 60_000

# ---- text ----------------------------------------------------------------------------------------------------------------


def plain(text):
    text = re.sub(r"\([_&]\w\)|<[^>]*>|&\w+;|%\([^)]*\)\w|%[-+ #0-9.*$']*[a-zA-Z]|\$\{[^}]*\}|\{[^}]*\}|\\[a-z]", " ", text)
    return text.replace("_", "").replace("&", "")


def messages(path):
    with open(path, "rb") as file:
        try:
            catalog = gettext.GNUTranslations(file)._catalog
        except Exception:
            return
    for key, value in catalog.items():
        source = key[0] if isinstance(key, tuple) else key
        if source and isinstance(value, str) and value and value != source:
            yield plain(value)


def manual(path):
    with (gzip.open(path) if path.endswith(".gz") else open(path, "rb")) as file:
        text = file.read().decode("utf-8", "ignore")
    lines = [line for line in text.split("\n") if not line.startswith((".", "'"))]
    return re.sub(r"\\f.|\\[^ ]{1,3}", "", "\n".join(lines))


def guide(path):
    with gzip.open(path, "rt", errors="ignore") if path.endswith(".gz") else open(path, errors="ignore") as file:
        text = file.read()
    text = re.sub(r"(?s)<pre.*?</pre>|<head.*?</head>|<div class=\"nav.*?</div>|<code.*?</code>|<[^>]*>", " ", text)
    return re.sub(r"\s+", " ", html.unescape(text))


def texts(language, directory):
    """Pieces of text; the same for each run."""
    for path in sorted(glob.glob(f"/usr/share/locale/{language}/LC_MESSAGES/*.mo")):
        if not os.path.basename(path).startswith("iso_"):
            yield "\n".join(messages(path))[:PER_FILE]
    for path in sorted(glob.glob(f"{directory}/x/usr/share/doc/installation-guide-amd64/{language.split('@')[0]}/*.htm*")):
        yield guide(path)[:PER_FILE]
    for path in sorted(glob.glob(f"{directory}/x/usr/share/man/{language}/man*/*")):
        if os.path.isfile(path) and "/ja/" in path or "/zh" in path:
            yield manual(path)[:20_000]


def symbol_names(language, directory):
    """Names and keywords of symbols, as characters."""
    name = {"zh_CN": "zh", "zh_TW": "zh_Hant"}.get(language, language)
    found = glob.glob(f"{directory}/x/usr/share/unicode/cldr/**/annotations/{name}.xml", recursive=True)
    with open(found[0], encoding="utf-8") as file:
        return "".join(re.findall(r"<annotation[^>]*>([^<]*)</annotation>", file.read()))


# ---- ideographic languages -----------------------------------------------------------------------------------------------

SCRIPTS = ["start", "ideograph", "hiragana", "katakana", "hangul", "sign", "letter", "ascii", "halfwidth"]


def script(c):
    o = ord(c)
    if o < 0x80:
        return "letter" if c.isalpha() else "ascii"
    if 0x3041 <= o <= 0x309F: return "hiragana"
    if 0x30A1 <= o <= 0x30FF and o != 0x30FB: return "katakana"
    if 0x4E00 <= o <= 0x9FFF or o == 0x3005: return "ideograph"
    if 0xAC00 <= o <= 0xD7A3: return "hangul"
    if 0xFF61 <= o <= 0xFF9F: return "halfwidth"
    return "sign"


LEVEL1 = {  # which characters a language may use although they were not counted
    "japanese": ("euc_jp", [(0xB0 + r, 0xA1 + c) for r in range(32) for c in range(94)]),
    "simplified": ("gb2312", [(0xB0 + r, 0xA1 + c) for r in range(40) for c in range(94)]),
    "traditional": ("big5", [(l, t) for l in range(0xA4, 0xC7) for t in [*range(0x40, 0x7F), *range(0xA1, 0xFF)]]),
    "korean": ("euc_kr", [(0xB0 + r, 0xA1 + c) for r in range(25) for c in range(94)]),
}
FULL_SET = {"japanese": "cp932", "simplified": "gb18030", "traditional": "cp950", "korean": "cp949"}


def level1(name):
    codec, pairs = LEVEL1[name]
    found = []
    for pair in pairs:
        try:
            found.append(bytes(pair).decode(codec))
        except UnicodeDecodeError:
            pass
    return [c for c in found if script(c) in ("ideograph", "hangul")]


def encodable(c, codec):
    try:
        c.encode(codec)
        return True
    except UnicodeEncodeError:
        return False


def ideographic(name, language, directory, keep):
    counts = collections.Counter()
    moves = collections.Counter()
    for text in texts(language, directory):
        previous = "start"
        for line in text.split("\n"):
            if sum(ord(c) > 0x7F for c in line) * 8 < len(line):
                continue  # not translated, or a listing
            previous = "ascii"
            for c in line.strip():
                if ord(c) >= 0x80:
                    if not encodable(c, FULL_SET[name]) or 0xE000 <= ord(c) < 0xF900:
                        continue
                    counts[c] += 1
                now = script(c)
                moves[previous, now] += 1
                previous = now
    totals = collections.Counter()
    for c, n in counts.items():
        totals[script(c)] += n
    names = collections.Counter(c for c in symbol_names(language, directory) if script(c) in ("ideograph", "hangul"))
    name_totals = collections.Counter()
    for c, n in names.items():
        name_totals[script(c)] += n
    uniform = collections.Counter(script(c) for c in level1(name))
    allowed = set(level1(name))
    classes = collections.defaultdict(list)
    shares = {}
    for c in set(counts) | set(names):
        n, kind = counts[c], script(c)
        if c in allowed:
            shares[c] = 0.6 * n / totals[kind] + 0.25 * names[c] / name_totals[kind] + 0.15 / uniform[kind]
        elif n >= 3 and totals[kind] >= 200:
            shares[c] = 0.85 * n / totals[kind]
    for c, p in sorted(shares.items(), key=lambda share: (-share[1], share[0])):
        bits = round(-math.log2(p))
        if len(classes) and sum(map(len, classes.values())) >= keep:
            break
        if bits <= 14:
            classes[bits].append(c)
    rows = []
    for a in SCRIPTS[1:]:
        total = sum(moves[a, b] for b in SCRIPTS[1:]) + 200
        # Every script may follow every other; the 200 are spread evenly.
        rows.append("".join(code(-math.log2((moves[a, b] + 25) / total)) for b in SCRIPTS[1:]))
    return classes, rows, sum(counts.values())


# ---- alphabetic languages ------------------------------------------------------------------------------------------------


def code(bits):
    """Half bits as one character, from 0."""
    return chr(48 + max(0, min(30, round(bits * 2))))


LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "english": ("en_GB", LATIN), "german": ("de", LATIN + "äöüß"), "french": ("fr", LATIN + "àâçèéêëîïôùûœ"),
    "spanish": ("es", LATIN + "áéíñóúü"), "italian": ("it", LATIN + "àèéìòù"), "portuguese": ("pt_BR", LATIN + "áâãàçéêíóôõú"),
    "swedish": ("sv", LATIN + "åäöé"), "danish": ("da", LATIN + "æøåé"), "finnish": ("fi", LATIN + "äö"),
    "polish": ("pl", LATIN + "ąćęłńóśźż"), "czech": ("cs", LATIN + "áčďéěíňóřšťúůýž"), "hungarian": ("hu", LATIN + "áéíóöőúüű"),
    "croatian": ("hr", LATIN + "čćđšž"),
    "russian": ("ru", "абвгдежзийклмнопрстуфхцчшщъыьэюяё"), "ukrainian": ("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "greek": ("el", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"), "turkish": ("tr", LATIN + "çğıöşüâ"),
    "hebrew": ("he", "אבגדהוזחטיךכלםמןנסעףפץצקרשת"),
    "arabic": ("ar", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْپچژگ"),
    "lithuanian": ("lt", LATIN + "ąčęėįšųūž"), "latvian": ("lv", LATIN + "āčēģīķļņšūž"),
    "vietnamese": ("vi", LATIN + "ăâđêôơư\u0300\u0309\u0303\u0301\u0323"),
}
GROUPS = {
    "Western": ["english", "german", "french", "spanish", "italian", "portuguese", "swedish", "danish", "finnish"],
    "CentralEuropean": ["polish", "czech", "hungarian", "croatian"],
    "Eastern": ["russian", "ukrainian", "greek", "turkish", "lithuanian", "latvian"],
    "Asian": ["hebrew", "arabic", "vietnamese"],
}


def vietnamese(text):
    """As windows-1258 writes it: the tone behind its letter."""
    marks = "\u0300\u0309\u0303\u0301\u0323"
    result = []
    for c in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", c)
        tone = "".join(m for m in parts if m in marks)
        result.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in marks)) + tone)
    return "".join(result)


def english_sources(directory):
    for path in sorted(glob.glob(f"{directory}/x/usr/share/doc/installation-guide-amd64/en/*.htm*")):
        yield guide(path)[:PER_FILE]
    for path in sorted(glob.glob("/usr/share/man/man[1578]/*.gz"))[:400]:
        yield manual(path)[:20_000]


def alphabetic(name, directory):
    language, alphabet = ALPHABETS[name]
    index = {c: i + 1 for i, c in enumerate(alphabet)}
    size = len(alphabet) + 1
    counts = [[0] * size for _ in range(size)]
    total = 0
    for text in english_sources(directory) if name == "english" else texts(language, directory):
        if name == "vietnamese":
            text = vietnamese(text)
        for line in text.split("\n"):
            # A Latin line without one letter of its own is often English that nobody translated.
            line = line.replace("İ", "i").replace("I", "ı").lower() if name == "turkish" else line.lower()
            native = sum(c in index for c in line)
            if alphabet[0] != "a" and native * 3 < len(line):
                continue
            previous = 0
            for c in line + " ":
                now = index.get(c)
                if now is None:
                    if c.isalpha():
                        previous = -1
                        continue
                    now = 0
                if previous > 0 or previous == 0 and now > 0:
                    counts[previous][now] += 1
                    total += 1
                previous = now
    rows = []
    letters = [sum(counts[a][b] for a in range(size)) for b in range(size)]
    for a in range(size):
        # Pairs that were not seen take a share by the letter's own frequency and a share that is even.
        n = sum(counts[a])
        row = []
        for b in range(size):
            own = (letters[b] + 1) / (sum(letters) + size)
            p = (counts[a][b] + 20 * own + 0.5) / (n + 20 + 0.5 * size)
            row.append(code(-math.log2(p)))
        rows.append("".join(row))
    return alphabet, rows, total


# ---- Swift ---------------------------------------------------------------------------------------------------------------

HEAD = "// Counted by ops/encoding-statistics.py, which also tells from what. Do not edit.\n\n"


def quoted(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def escaped(text):
    return "".join(f"\\u{{{ord(c):X}}}" if unicodedata.combining(c) else c for c in quoted(text))


def write_ideographic(directory):
    for name, language, keep in [("japanese", "ja", 1500), ("simplified", "zh_CN", 1500), ("traditional", "zh_TW", 1500), ("korean", "ko", 1000)]:
        classes, rows, total = ideographic(name, language, directory, keep)
        title = {"japanese": "Japanese", "simplified": "SimplifiedChinese", "traditional": "TraditionalChinese", "korean": "Korean"}[name]
        lower = title[0].lower() + title[1:]
        out = HEAD + "extension IdeographicStatistics {\n"
        out += f"    /// From {total:,} characters.\n    static let {lower} = IdeographicStatistics(\n        classes: [\n"
        for bits in sorted(classes):
            characters = classes[bits]
            for start in range(0, len(characters), 60):
                out += f"            ({bits}, \"{quoted(''.join(characters[start:start + 60]))}\"),\n"
        out += "        ],\n        moves: [\n" + "".join(f"            \"{quoted(row)}\",\n" for row in rows) + "        ])\n}\n"
        open(f"{ROOT}/Statistics+{title}.swift", "w").write(out)
        print(name, total, sum(map(len, classes.values())), rows, file=sys.stderr)


def write_alphabetic(directory):
    for group, names in GROUPS.items():
        out = HEAD + "extension LetterStatistics {\n"
        for i, name in enumerate(names):
            alphabet, rows, total = alphabetic(name, directory)
            out += ("\n" if i else "") + f"    /// From {total:,} pairs.\n    static let {name} = LetterStatistics(\n"
            out += f"        alphabet: \"{escaped(alphabet)}\",\n        pairs: [\n"
            costs = "".join(rows)
            out += "".join(f"            \"{quoted(costs[at:at + 120])}\",\n" for at in range(0, len(costs), 120)) + "        ])\n"
            print(name, total, file=sys.stderr)
        open(f"{ROOT}/Statistics+{group}.swift", "w").write(out + "}\n")


# ---- the development set -------------------------------------------------------------------------------------------------

DEVELOPMENT = {
    "ja": "ja", "zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "ko": "ko", "ru": "ru", "de": "de", "fr": "fr", "es": "es", "pl": "pl",
    "cs": "cs", "el": "el", "tr": "tr", "hu": "hu", "uk": "uk", "sv": "sv", "da": "da", "fi": "fi", "it": "it", "pt": "pt_BR",
    "he": "he", "ar": "ar", "lt": "lt", "lv": "lv",
}


def write_development(directory, path):
    chance = random.Random(1)
    with open(path, "w") as out:
        for tag, language in DEVELOPMENT.items():
            found = []
            other = {"zh_Hans": "zh_CN", "zh_Hant": "zh_TW"}.get(language, language)
            for file in sorted(glob.glob(f"{directory}/w/**/locale*/*/LC_MESSAGES/*.mo", recursive=True)):
                if f"/{language}/" in file or f"/{other}/" in file:
                    found += [re.sub(r"\s+", " ", m).strip() for m in messages(file)]
            found = sorted({m[:200] for m in found if len(m) >= 5 and any(ord(c) > 0x7F for c in m)})
            for text in chance.sample(found, min(60, len(found))):
                # Evenly over short and long.
                out.write(f"{tag}\t{text[:chance.choice([8, 12, 20, 40, 80, 200])].strip()}\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "count":
        write_ideographic(sys.argv[2])
        write_alphabetic(sys.argv[2])
    elif len(sys.argv) == 4 and sys.argv[1] == "development":
        write_development(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
