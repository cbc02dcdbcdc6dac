import Documents
import Glibc
import Recognising
import Testing

@Suite("Reading pages")
struct RecogniserTests {
    @Test("An English page is read line by line, and each box is where its line was drawn", .enabled(if: canRead("eng")))
    func english() throws {
        let text = try TextRecogniser(languages: ["eng"]).recognise(page("english.png"))
        #expect(text.source == .ocr)
        #expect(text.lines.map(\.text) == ["Close the inlet valve V-12", "Drain the pump casing", "Torque: 45 Nm"])
        #expect(text.lines.allSatisfy { ($0.confidence ?? 0) > 0.7 && ($0.confidence ?? 2) <= 1 })
        // Drawn at x 100 of 900, y 60, 140 and 300 of 400, with letters of 32 pixels.
        for (line, y) in zip(text.lines, [60, 140, 300]) {
            let box = try #require(line.box)
            #expect((92...108).contains(Int(box.left) * 900 / 65_535))
            #expect((y - 10...y + 15).contains(Int(box.top) * 400 / 65_535))
            #expect((y + 20...y + 46).contains(Int(box.bottom) * 400 / 65_535))
        }
    }

    @Test("A Japanese page comes without spaces between its characters", .enabled(if: canRead("jpn", "eng")))
    func japanese() throws {
        let text = try TextRecogniser(languages: ["jpn", "eng"]).recognise(page("japanese.png"))
        #expect(
            text.lines.map(\.text) == ["電源を切り、モーターのケーブルを外す。", "新しい軸受を取り付ける。", "取付ボルトを新品に替える。"])
    }

    @Test("A page written from top to bottom is read from right to left", .enabled(if: canRead("jpn", "jpn_vert")))
    func vertical() throws {
        let text = try TextRecogniser(languages: ["jpn"]).recognise(page("vertical.png"))
        #expect(text.lines.count == 8)
        #expect(text.lines.first?.text == "電源を切りモーターの線を外す")
        #expect(text.lines.dropFirst().first?.text == "新しい軸受を軸に取り付ける")
    }

    @Test("What was read before changes nothing", .enabled(if: canRead("jpn", "eng")))
    func order() throws {
        let pages = try ["english.png", "japanese.png", "vertical.png"].map(page)
        let forwards = try TextRecogniser(languages: ["jpn", "eng"])
        let backwards = try TextRecogniser(languages: ["jpn", "eng"])
        let first = try pages.map { try forwards.recognise($0) }
        let second = try pages.reversed().map { try backwards.recognise($0) }
        #expect(first == second.reversed())
        #expect(try pages.map { try forwards.recognise($0) } == first)
        #expect(forwards.fingerprint == backwards.fingerprint)
    }

    @Test("An empty page, a black one, a speck and noise give no lines and no error", .enabled(if: canRead("eng")))
    func nothing() throws {
        let recogniser = try TextRecogniser(languages: ["eng"])
        for empty in [blank(width: 600, height: 800), blank(width: 600, height: 800, value: 0), blank(width: 1, height: 1)] {
            #expect(try recogniser.recognise(empty).lines.isEmpty)
        }
        for (width, height) in [(1, 900), (900, 1), (2, 2), (7, 301), (640, 480)] {
            _ = try recogniser.recognise(noise(width: width, height: height, seed: 7), dotsPerInch: 1_000_000)
        }
        #expect(throws: RecognitionError.failed(width: 40_000, height: 1)) { _ = try recogniser.recognise(blank(width: 40_000, height: 1)) }
    }

    @Test("OpenMP is off on the thread that reads", .enabled(if: canRead("eng")))
    func oneThread() throws {
        _ = try TextRecogniser(languages: ["eng"]).recognise(blank(width: 64, height: 64))
        // By name, as in the door: an engine without OpenMP has nothing to turn off.
        guard let levels = dlsym(nil, "omp_get_max_active_levels") else { return }
        #expect(unsafeBitCast(levels, to: (@convention(c) () -> CInt).self)() == 0)
    }
}
