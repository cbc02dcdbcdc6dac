import Documents
import Parsing
import Testing

@Suite("Names of characters")
struct EntityNameTests {
    private func texts(_ text: String, _ name: String) throws -> [String] { try sheet(text, name: name).fragments.map(\.text) }
    private func page(_ body: String) throws -> String { try texts("<!DOCTYPE html><html><body><p>\(body)</p></body></html>", "a.html").joined(separator: " | ") }

    private let head = "<!DOCTYPE d PUBLIC '-//X//DTD' 'x.dtd' [<!ENTITY % ISOnum PUBLIC 'ISO 8879:1986//ENTITIES Numeric and Special Graphic//EN' 'n.ent'> %ISOnum;]>"

    @Test("The names of ISO's sets are known", arguments: [
        ("&half;&frac13;&check;&phone;&ohm;", "½⅓✓☎Ω"), ("&dash;|&hyphen;|&horbar;", "‐|‐|―"), ("&les;&ges;&le;", "⩽⩾≤"),
        ("&num;&percnt;&plus;&equals;&lsqb;&rsqb;&lowbar;&commat;&quest;", "#%+=[]_@?"), ("&male;&female;&sung;", "♂♀♪"),
        ("&ecaron;&lstrok;&Ccaron;&aogon;&gcedil;", "ěłČąģ"), ("&agr;&mgr;&OHgr;&THgr;&eeacgr;&sfgr;", "αμΩΘής"),
        ("&boxh;&boxvR;&blk14;", "─╞░"), ("&Acy;&yacute;&djcy;", "Аýђ"), ("&nlE;&bne;&vsupnE;", "≦̸=⃥⫌︀"), ("&zzz; &agrx;", "&zzz; &agrx;"),
    ])
    func isoNames(written: String, read: String) throws {
        #expect(try texts(head + "<d><t>x\(written)y</t></d>", "a.xml") == ["x\(read)y"])
        #expect(try texts(head.replacing("[", with: "[<!ENTITY own 'o'>") + "<d><t>x\(written)&own;</t></d>", "a.xml") == ["x\(read)o"])
        #expect(try page("x\(written)y") == "x\(read)y")
        #expect(try texts("x\(written)y", "a.md") == ["x\(read)y"])
    }

    @Test("Names that are words mean signs only beside a standard set")
    func words() throws {
        let written = "<d><t>&phone; &order; &target; &half;</t></d>"
        #expect(try texts(head + written, "a.xml") == ["☎ ℴ ⌖ ½"])
        #expect(try texts(head + "<d><t>&b.alpha; &b.phis;</t></d>", "a.xml") == ["α ϕ"])
        #expect(try texts("<!DOCTYPE d SYSTEM 'x.dtd'>" + written, "a.xml") == ["&phone; &order; &target; ½"])
    }

    @Test("HTML is read as browsers read it", arguments: [
        ("&copy 2020 &copy2020 &COPY;", "© 2020 ©2020 ©"), ("&notit; &NotEqualTilde; &fjlig;", "¬it; ≂̸ fj"), ("&amp;half; &amp;lt; &amp;copy<b>x</b>", "&half; &lt; &copyx"),
        ("AT&T R&D &hearts; &", "AT&T R&D ♥ &"), ("a &lt b &lt;i&gt; &LT;b&GT;", "a < b <i> <b>"), ("5&deg 6&micro;m&nbsp;x", "5° 6µm x"), ("&halfx &half", "&halfx &half"),
    ])
    func html(written: String, read: String) throws { #expect(try page(written) == read) }

    @Test("Addresses keep their ampersands, and quotes end no value")
    func attributes() throws {
        let read = try sheet("<!DOCTYPE html><html><body><p>x<img src='a.png?x=1&copy=2&regx'><img src=\"b&quot;&num;&eacute;.png\"></p></body></html>", name: "a.html")
        #expect(read.figures.map(\.target) == ["a.png?x=1&copy=2&regx", "b\"#é.png"])
    }
}
