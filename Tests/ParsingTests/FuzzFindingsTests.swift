import Documents
import Glibc
import Parsing
import Testing

/// What `shogo-fuzz` found (docs/fuzzing.md), each made small.
@Suite("Findings of the fuzzer", .serialized)
struct FuzzFindingsTests {
    /// PNG, case 1:1864. libpng 1.6.39 reserves and clears what a text chunk claims to hold before it reads a byte of it.
    @Test("A small PNG file whose text claims 2 GiB takes no memory", arguments: ["tEXt", "zTXt", "iTXt", "iCCP", "sPLT", "hIST", "pCAL", "sCAL"])
    func claimedText(name: String) throws {
        var bytes = try fixture("rgb.png")
        // Behind the header: 8 bytes of signature and a chunk of 25.
        bytes.insert(contentsOf: [0x7F, 0xFF, 0xFF, 0xF0] + Array(name.utf8), at: 33)
        #expect(outcome(bytes).reason == .truncated)
        #expect(peakMemory < 1 << 30)
    }

    /// Text, case 2:16472: each `<img` looked 4,000 characters ahead, each link in a link read all of it again: 12 microseconds per byte.
    @Test("Marks of Markdown that never close, or links in links, take no more than linear time", arguments: [
        String(repeating: "<img src=\"", count: 100_000), String(repeating: String(repeating: "[", count: 900) + "\n\n", count: 1000),
        String(repeating: String(repeating: "[", count: 390) + "x" + String(repeating: "](b)", count: 390) + " ", count: 500),
        String(repeating: String(repeating: "<img src='", count: 5000) + "x" + String(repeating: "'>", count: 5000) + " ", count: 20),
        String(repeating: "<!-- ", count: 200_000), String(repeating: "<!-- ", count: 200_000) + "--> x", String(repeating: "`<!--\n", count: 200_000), "[b]: c\n" + String(repeating: "[a][b", count: 100_000),
        String(repeating: "a | b\n", count: 100_000), String(repeating: "<b ", count: 200_000), String(repeating: "| x", count: 100_000) + "\n---|",
    ])
    func markdownTime(text: String) throws {
        let started = ContinuousClock.now
        _ = try sheet(text, name: "a.md")
        // It takes a second without optimisation on a busy machine; it took a minute.
        #expect(ContinuousClock.now - started < .seconds(15))
    }

    @Test("Pictures behind many stray brackets are found")
    func strayBrackets() throws {
        let text = String(repeating: "[1] ", count: 2000) + "![a [b] c](d.jpg) [![e](f.png)](g.html)"
        #expect(try sheet(text, name: "a.md").figures.map(\.target) == ["d.jpg", "f.png"])
    }

    /// TIFF, case 3:2692. The JPEG picture of a tile is smaller than the tile, and libtiff calls that a success.
    @Test("What a codec leaves unwritten of a tile is not what memory held before")
    func unwrittenTile() throws {
        let bytes = try setting(322, to: 1024, in: fixture("golden/ycc-jpeg-tile.tif"))
        defer { fillFreshMemory(0) }
        let outcomes = [0x5A, 0xC3].map { (byte: CInt) in
            fillFreshMemory(byte)
            return try? ContentParser(limits: ParsingLimits()).decodePage(1, of: bytes, longestSide: 64)
        }
        #expect(outcomes[0] == outcomes[1])
    }

    /// TIFF, case 4:103033: a write of 3 times the row behind its end. The byte counts lay over the directory, so that shortening one
    /// for a cut strip made the planes of the page one plane.
    @Test("Byte counts that overlap the directory do not change the page while it is read")
    func overlappingByteCounts() throws {
        let width: UInt16 = 4096
        func entry(_ tag: UInt16, _ type: UInt8, _ count: UInt8, _ value: UInt16) -> [UInt8] {
            [UInt8(tag & 0xFF), UInt8(tag >> 8), type, 0, count, 0, 0, 0, UInt8(value & 0xFF), UInt8(value >> 8), 0, 0]
        }
        // The first of 3 byte counts is the value of entry 9, PLANARCONFIG: as a count far beyond the end. What is there, 65,537 bytes, says 1.
        let overlap = 10 + 12 * 9 + 8
        let entries: [[UInt8]] = [
            entry(256, 3, 1, width), entry(257, 3, 1, 4), entry(258, 3, 1, 8), entry(259, 3, 1, 1), entry(262, 3, 1, 2), entry(273, 4, 3, 150),
            entry(277, 3, 1, 3), entry(278, 3, 1, 4), entry(279, 4, 3, UInt16(overlap)), entry(284, 3, 1, 2),
        ]
        var bytes: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, UInt8(entries.count), 0] + entries.joined()
        bytes.replaceSubrange((overlap + 2)..<(overlap + 4), with: [0xFF, 0x7F])
        bytes += Array(repeating: 0, count: 150 - bytes.count)
        for _ in 0..<3 { bytes += [162, 0, 0, 0] }
        bytes += Array(repeating: 0x55, count: 65_537)
        #expect(outcome(bytes).reason != nil)
    }

    /// TIFF, case 3:48687: 640 x 200 pixels of 65,535 samples each took a minute.
    @Test("A page of thousands of samples per pixel is refused")
    func manySamples() throws {
        #expect(outcome(try setting(277, to: 65_535, in: fixture("golden/white-g4-strip.tif"))).reason == .unsupportedVariant)
    }

    /// XML, cases 3:5931 and 3:19648: libxml2 2.9.14 copies the comment for each error in it, and kept them all where entities are declared.
    @Test("A comment full of hyphens takes linear time", arguments: ["", "<!DOCTYPE a [<!ENTITY e 'x'>]>"])
    func hyphens(declarations: String) {
        let started = ContinuousClock.now
        #expect(outcome("\(declarations)<a>b<!--\(String(repeating: "<!--", count: 100_000))--></a>", name: "a.xml").reason == .notWellFormed)
        #expect(ContinuousClock.now - started < .seconds(5))
    }

    /// XML, case 3:3043: 800 KB took 1.2 GiB, because the empty comments of an entity became nodes wherever it stood.
    @Test("Comments in entities take no memory")
    func commentsInEntities() {
        let xml = "<!DOCTYPE a [<!ENTITY e '\(String(repeating: "<!---->", count: 1000))'>]><a>b\(String(repeating: "&e;", count: 5000))</a>"
        _ = outcome(xml, name: "a.xml")
        #expect(peakMemory < 1 << 30)
    }

    /// Sets a short value in the first directory of a little-endian TIFF file.
    private func setting(_ tag: UInt16, to value: UInt16, in file: [UInt8]) throws -> [UInt8] {
        func number(_ at: Int) -> Int { Int(file[at]) | Int(file[at + 1]) << 8 }
        let directory = number(4)
        let entries = (0..<number(directory)).map { directory + 2 + 12 * $0 }
        let entry = try #require(entries.first { number($0) == tag })
        var bytes = file
        bytes.replaceSubrange((entry + 2)..<(entry + 12), with: [3, 0, 1, 0, 0, 0, UInt8(value & 0xFF), UInt8(value >> 8), 0, 0])
        return bytes
    }

    /// Has malloc fill what it hands out; 0 ends that.
    private func fillFreshMemory(_ byte: CInt) {
        // The Glibc module leaves malloc.h out; -6 is M_PERTURB.
        let option = dlsym(nil, "mallopt").map { unsafeBitCast($0, to: (@convention(c) (CInt, CInt) -> CInt).self) }
        _ = option?(-6, byte)
    }

    /// TIFF, cases 100:267097 and 100:414874. libjbig decodes for minutes, or ends the process, for the size that its data claim.
    @Test("JBIG data that claim another size than their strip are damaged", arguments: [(12, 0x02), (13, 0xFF), (17, 0x40), (9, 0xFF), (21, 0xFF)])
    func claimedJBIG(at: Int, byte: UInt8) throws {
        var bytes = try fixture("golden/white-jbig-strip.tif")
        bytes[at] = byte  // the strip lies at 8: its width from 12 on, its height from 16, its stripe from 20, bits in the other order
        #expect(outcome(bytes).reason == .damaged)
    }

    /// PNG, case 100:307454. One row of 478 million pixels took 1 GiB from 197 bytes.
    @Test("A picture with a side of over a million pixels is too large, whatever it weighs")
    func side() throws {
        var bytes = try fixture("rgb.png")
        bytes.replaceSubrange(16..<24, with: [0x1C, 0x82, 0x41, 0x71, 0, 0, 0, 1])
        bytes.replaceSubrange(29..<33, with: (0..<4).map { UInt8(truncatingIfNeeded: checksum(bytes[12..<29]) >> UInt32(24 - $0 * 8)) })
        #expect(outcome(bytes).reason == .tooLarge)
        #expect(outcome(bytes).message?.contains("side") ?? false)
    }

    /// The most memory that this process has held, in bytes: other tests share it, and none of them needs a tenth of a gigabyte.
    private var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
    }
}
