import Documents
import Foundation
import Recognising
import Testing

@Suite("Pages turned, inverted and pale")
struct TurnedPageTests {
    private static let english = ["Close the inlet valve V-12", "Drain the pump casing", "Torque: 45 Nm"]
    private static let japanese = ["電源を切り、モーターのケーブルを外す。", "新しい軸受を取り付ける。", "取付ボルトを新品に替える。"]

    @Test("An English page is read whichever way it lies, and says how it has to be turned", .enabled(if: canRead("jpn", "eng")), arguments: [1, 2, 3])
    func english(turn: Int) throws {
        let text = try TextRecogniser(languages: ["jpn", "eng"]).recognise(page("english.png").turned(turn))
        #expect(text.lines.map(\.text) == Self.english)
        #expect(text.turn == 4 - turn)
    }

    @Test("A Japanese page is read whichever way it lies", .enabled(if: canRead("jpn", "eng")), arguments: [1, 2, 3])
    func japanese(turn: Int) throws {
        let text = try TextRecogniser(languages: ["jpn", "eng"]).recognise(page("japanese.png").turned(turn))
        #expect(text.lines.map(\.text) == Self.japanese)
        #expect(text.turn == 4 - turn)
    }

    @Test("A page written from top to bottom is read whichever way it lies", .enabled(if: canRead("jpn", "eng", "jpn_vert")), arguments: [1, 2, 3])
    func vertical(turn: Int) throws {
        let text = try TextRecogniser(languages: ["jpn", "eng"]).recognise(page("vertical.png").turned(turn))
        #expect(text.lines.count == 8)
        #expect(text.lines.first?.text == "電源を切りモーターの線を外す")
        #expect(text.turn == 4 - turn)
    }

    @Test("Boxes lie on the page as its file has it", .enabled(if: canRead("eng")), arguments: [1, 2, 3])
    func boxes(turn: Int) throws {
        let recogniser = try TextRecogniser(languages: ["eng"])
        let upright = try #require(try recogniser.recognise(page("english.png")).lines.first?.box)
        var box = try #require(try recogniser.recognise(page("english.png").turned(turn)).lines.first?.box)
        // What a clockwise turn does to a box, undone by going on round.
        for _ in turn..<4 { box = Box(left: .max - box.bottom, top: box.left, right: .max - box.top, bottom: box.right) }
        for side in [\Box.left, \.top, \.right, \.bottom] { #expect(abs(Int(box[keyPath: side]) - Int(upright[keyPath: side])) < 400) }
    }

    @Test("White on black is read, upright and turned", .enabled(if: canRead("jpn", "eng")), arguments: [0, 1, 2])
    func inverted(turn: Int) throws {
        let page = try page("japanese.png").inverted.turned(turn)
        #expect(TextLikeness(of: page).isLightOnDark)
        #expect(TextLikeness(of: page).isTextLike)
        let text = try TextRecogniser(languages: ["jpn", "eng"]).recognise(page)
        #expect(text.lines.map(\.text) == Self.japanese)
        #expect(text.turn == (turn == 0 ? nil : 4 - turn))
    }

    @Test("Pale print is read", .enabled(if: canRead("eng")))
    func pale() throws {
        let page = try page("english.png").pale
        #expect(TextLikeness(of: page).isPale)
        #expect(try TextRecogniser(languages: ["eng"]).recognise(page).lines.map(\.text) == Self.english)
    }

    @Test("A page in uneven light is read", .enabled(if: canRead("eng")))
    func shaded() throws {
        #expect(try TextRecogniser(languages: ["eng"]).recognise(page("english.png").shaded).lines.map(\.text) == Self.english)
    }

    @Test("A page that lies right has no turn, and texts from before turns were known are read")
    func old() throws {
        let old = try JSONDecoder().decode(PageText.self, from: Data(#"{"source":"ocr","lines":[{"text":"V-12"}]}"#.utf8))
        #expect(old == PageText(source: .ocr, lines: [PageText.Line(text: "V-12")]))
        #expect(try !String(decoding: JSONEncoder().encode(old), as: UTF8.self).contains("turn"))
    }
}
