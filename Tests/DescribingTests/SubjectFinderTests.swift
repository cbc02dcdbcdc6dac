@testable import Describing
import Testing

@Suite("Finding the subject of a page")
struct SubjectFinderTests {
    private func subject(_ drawing: Drawing) -> PixelBox? {
        let image = WorkingImage(drawing.bitmap, longestSide: ImageDescriber.longestSide)
        return SubjectFinder(image).subject(of: image.ink)
    }

    /// A ladder, 80 x 160 pixels around (160, 100).
    private func figure() -> Drawing {
        var page = Drawing(320, 320)
        page.ladder(160, 100, 80, (0, 0, 0), outline: false)
        return page
    }

    private func isFigure(_ box: PixelBox?) -> Bool {
        guard let box else { return false }
        return abs(box.left - 120) < 6 && abs(box.right - 200) < 6 && abs(box.top - 20) < 6 && abs(box.bottom - 180) < 6
    }

    @Test("A frame, rulings and lines of text around a figure do not belong to it")
    func page() {
        #expect(isFigure(subject(figure())))
        var framed = figure()
        for (x, y, width, height) in [(4, 4, 312, 2), (4, 314, 312, 2), (4, 4, 2, 312), (314, 4, 2, 312), (10, 200, 300, 2)] {
            framed.rectangle(x, y, width, height, (0, 0, 0))
        }
        #expect(isFigure(subject(framed)), "\(String(describing: subject(framed)))")
        var written = figure()
        for line in 0..<12 {
            for word in 0..<9 { written.rectangle(20 + word * 32, 210 + line * 8, 24, 4, (0, 0, 0)) }
        }
        #expect(isFigure(subject(written)), "\(String(describing: subject(written)))")
    }

    @Test("A frame that is slightly turned is not the subject either")
    func turnedFrame() {
        var page = figure()
        for place in 4..<316 {
            let drift = place / 40
            page.rectangle(place, 4 + drift, 1, 2, (0, 0, 0))
            page.rectangle(place, 306 + drift, 1, 2, (0, 0, 0))
            page.rectangle(4 + (316 - place) / 40, place, 2, 1, (0, 0, 0))
            page.rectangle(306 + (316 - place) / 40, place, 2, 1, (0, 0, 0))
        }
        #expect(isFigure(subject(page)), "\(String(describing: subject(page)))")
    }

    @Test("A page without a figure has no subject")
    func noFigure() {
        #expect(subject(Drawing(200, 100)) == nil)
        var dots = Drawing(300, 300)
        for x in stride(from: 10, to: 290, by: 20) { dots.rectangle(x, 150, 4, 4, (0, 0, 0)) }
        #expect(subject(dots) == nil)
    }
}
