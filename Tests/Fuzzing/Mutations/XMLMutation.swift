/// Changes to the elements, declarations and encoding of an XML file.
enum XMLMutation {
    static func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        let tags = tags(bytes)
        guard let tag = tags.randomElement(using: &dice) else { return TextMutation.apply(to: &bytes, &dice) }
        let root = tags.first { $0.count > 2 && bytes[$0.lowerBound + 1] | 0x20 >= 0x61 } ?? tag
        switch dice.below(14) {
        case 0:
            // An element, or most of one, over and over.
            let section = Array(bytes[tag.lowerBound..<min(bytes.count, dice.pick(tags).upperBound + tag.count, tag.upperBound + 4096).clamped(above: tag.upperBound)])
            for _ in 0..<min(dice.pick([1, 10, 500]), FuzzCase.mostBytes / section.count) { bytes.insert(contentsOf: section, at: tag.lowerBound) }
        case 1:
            let depth = dice.pick([2, 40, 255, 256, 257, 1100, 20_000])
            let name = dice.pick(names)
            bytes.insert(contentsOf: String(repeating: "</\(name)>", count: depth).utf8, at: tag.lowerBound)
            bytes.insert(contentsOf: String(repeating: "<\(name)>", count: depth).utf8, at: tag.lowerBound)
        case 2: bytes.removeSubrange(tag)
        case 3: bytes.swap(tag, dice.pick(tags))
        case 4: bytes.insert(contentsOf: declarations(&dice).utf8, at: root.lowerBound)
        case 5: bytes.insert(contentsOf: dice.pick(["&e;", "&e;&f;", "&#0;", "&#xD800;", "&#x110000;", "&#65;", "&nbsp;", "&lt;", "&amp;e;", "&", "&e"]).utf8, at: tag.upperBound)
        case 6: insertAttribute(" \(dice.pick(attributes))=\"\(value(&dice))\"", in: tag, of: &bytes)
        case 7:
            let count = dice.pick([100, 3000])
            insertAttribute((0..<count).map { " a\($0)='\($0)'" }.joined(), in: tag, of: &bytes)
        case 8:
            let encoding = dice.pick(["UTF-8", "UTF-16", "UTF-16LE", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "ISO-8859-1", "UTF-7", "UCS-4", "EBCDIC-CP-US", "IBM-037", "SCSU", "BOCU-1", "HZ", "x-none", "a,b=c"])
            if bytes.starts(with: "<?xml".utf8), let end = bytes.firstIndex(of: UInt8(ascii: ">")) { bytes.removeSubrange(...end) }
            bytes.insert(contentsOf: "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>".utf8, at: 0)
        case 9: TextMutation.recode(&bytes, &dice)
        case 10: bytes.insert(contentsOf: dice.pick(["<![CDATA[", "]]>", "<!--", String(repeating: "<!--", count: 20_000), "-->", "<?a b?>", "<!DOCTYPE a>", "<![CDATA[\u{1F600}]]>", "<", "\u{FEFF}", "\u{1}"]).utf8, at: tag.upperBound)
        case 11: bytes.replaceSubrange(tag, with: "<\(dice.pick(names))>".utf8)
        case 12: insertAttribute(" xmlns\(dice.pick(["", ":a", ":b"]))=\"\(dice.pick(namespaces))\"", in: root, of: &bytes)
        default: bytes.insert(contentsOf: "<\(dice.pick(names)) \(dice.pick(attributes))=\"\(value(&dice))\" CONTENT=\"a\"/>".utf8, at: tag.upperBound)
        }
    }

    private static let names = [
        "a", "title", "step", "p", "note", "table", "row", "entry", "alto", "TextBlock", "TextLine", "String", "SP", "HYP", "PcGts", "TextRegion",
        "TextEquiv", "Unicode", "Coords", "dmodule", "dmCode", "proceduralStep", "internalRef", "graphic", "task", "topic", "steps", "cmd", "image",
        "mets", "svg", "html", "body", "div", "span", "Page", "Baseline", "Word", "OCRDATASET", "PAGE", "LINE", "map", "topicref", "keydef", "article", "TEI", "book", "sec", "fptr", "file", "FLocat", "MeasurementUnit",
    ]
    private static let attributes = [
        "CONTENT", "HPOS", "VPOS", "WIDTH", "HEIGHT", "WC", "points", "conf", "custom", "title", "class", "href", "src", "LABEL", "xml:lang", "lang",
        "infoEntityIdent", "modelIdentCode", "imageWidth", "imageHeight", "SUBS_CONTENT", "SUBS_TYPE", "id", "conref", "keyref", "xlink:href", "MIMETYPE", "X", "Y", "STRING", "CONF", "IMAGENAME", "ORDER", "keys", "conkeyref", "FILEID",
    ]
    private static let namespaces = [
        "", "urn:a", "http://www.w3.org/2000/svg", "http://www.loc.gov/standards/alto/ns-v3#", "http://www.loc.gov/METS/", "http://www.w3.org/1999/xhtml",
        "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15",
    ]

    private static func value(_ dice: inout Dice) -> String {
        switch dice.below(5) {
        case 0: dice.pick(["", "-1", "0", "1e308", "1e-320", "nan", "inf", "-0", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "0x10", "１２"])
        case 1: String(Int64(truncatingIfNeeded: dice.edge()))
        case 2: String(repeating: dice.pick(["a", " ", "%", "%41", "あ", "&#97;", "1,2 ", ". "]), count: dice.pick([1, 100, 20_000]))
        case 3: (0..<dice.below(9)).map { _ in "\(Int64(truncatingIfNeeded: dice.edge())),\(dice.below(4000))" }.joined(separator: " ")
        default: dice.pick(["bbox 0 0 1 1", "bbox 9999999999999999999 -1 a 1; x_wconf 200", "textline", "ocr_page", "ocr_line", "ocrx_word", "image \"a.png\"; bbox 0 0 100 100; ppageno 0", "a/../../b.jpg", "%00.tif", "file.png", "\u{202E}x.jpg"])
        }
    }

    /// Declarations of entities: nested, endless, outside, unparsed.
    private static func declarations(_ dice: inout Dice) -> String {
        let inner = switch dice.below(7) {
        case 0: "<!ENTITY e \"&f;&f;\"><!ENTITY f \"&e;\">"
        case 1: "<!ENTITY f \"aaaaaaaaaa\">" + (0..<9).map { "<!ENTITY e\($0) \"\(String(repeating: $0 == 0 ? "&f;" : "&e\($0 - 1);", count: 10))\">" }.joined() + "<!ENTITY e \"&e8;\">"
        case 2: "<!ENTITY e SYSTEM \"file:///etc/hostname\"><!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;"
        case 3: "<!ENTITY e SYSTEM \"b.jpg\" NDATA jpg><!NOTATION jpg SYSTEM \"j\">"
        case 4: "<!ENTITY e \"<title>a</title>\"><!ENTITY f \"</title>\">"
        case 5: "<!ATTLIST title a CDATA \"\(String(repeating: "d", count: dice.pick([1, 60_000])))\" b CDATA #FIXED \"&e;\"><!ENTITY e \"x\">"
        default: "<!ENTITY e \"\(String(repeating: "z", count: 50_000))\">"
        }
        return "<!DOCTYPE a [\(inner)]>"
    }

    private static func insertAttribute(_ text: String, in tag: Range<Int>, of bytes: inout [UInt8]) {
        let isEmptyTag = tag.count > 2 && bytes[tag.upperBound - 2] == UInt8(ascii: "/")
        bytes.insert(contentsOf: text.utf8, at: tag.upperBound - (isEmptyTag ? 2 : 1))
    }

    private static func tags(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "<") { start = index }
            if byte == UInt8(ascii: ">"), let from = start.take() { found.append(from..<(index + 1)) }
        }
        return found
    }
}

extension Int {
    fileprivate func clamped(above least: Int) -> Int { Swift.max(self, least) }
}

extension [UInt8] {
    /// Exchanges two sections that do not overlap.
    fileprivate mutating func swap(_ one: Range<Int>, _ other: Range<Int>) {
        guard !one.overlaps(other) else { return }
        let (first, second) = one.lowerBound < other.lowerBound ? (one, other) : (other, one)
        let (firstBytes, secondBytes) = (Array(self[first]), Array(self[second]))
        replaceSubrange(second, with: firstBytes)
        replaceSubrange(first, with: secondBytes)
    }
}
