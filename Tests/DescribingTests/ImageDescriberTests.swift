@testable import Describing
import Documents
import Testing

@Suite("Describing images")
struct ImageDescriberTests {
    private func describe(_ drawing: Drawing) -> ImageDescriptor { ImageDescriber().describe(drawing.bitmap) }

    private func pump(_ x: Int, _ y: Int, _ size: Int, _ colour: (UInt8, UInt8, UInt8) = (40, 90, 160), outline: Bool = false) -> Drawing {
        var drawing = Drawing(240, 200)
        drawing.pump(x, y, size, colour, outline: outline)
        return drawing
    }

    private func ladder(_ x: Int, _ y: Int, _ size: Int, _ colour: (UInt8, UInt8, UInt8) = (40, 90, 160), outline: Bool = false) -> Drawing {
        var drawing = Drawing(240, 200)
        drawing.ladder(x, y, size, colour, outline: outline)
        return drawing
    }

    @Test("A thing moved, or drawn smaller, stays nearer to itself than to another thing")
    func invariance() {
        let pump = describe(pump(120, 100, 70)).coarse
        for (x, y, size) in [(100, 90, 60), (140, 110, 50), (120, 100, 80)] {
            let same = cosine(pump, describe(self.pump(x, y, size)).coarse)
            let other = cosine(pump, describe(ladder(x, y, size)).coarse)
            #expect(same > other, "\(same) and \(other) at \(x), \(y), \(size)")
        }
    }

    @Test("Any picture has finite numbers of the promised range, and regions inside it", arguments: [(1, 1), (1, 400), (400, 1), (3, 2), (700, 500)])
    func ranges(width: Int, height: Int) {
        var drawing = Drawing(width, height)
        drawing.fill { x, y in x * 7 > y * 3 ? (UInt8(x * 250), UInt8(y * 250), 9) : nil }
        for picture in [drawing, Drawing(width, height), Drawing(width, height, (0, 0, 0))] {
            let descriptor = describe(picture)
            #expect(descriptor.coarse.count == ImageDescriber.dimension)
            #expect((descriptor.coarse + descriptor.fine).allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1.0001 })
            #expect(descriptor.coarse.reduce(0) { $0 + $1 * $1 } <= 1.001)
            #expect(descriptor.regions.count <= 16)
            #expect(descriptor.regions.allSatisfy { $0.left < $0.right && $0.top < $0.bottom })
        }
    }

    @Test("The same pixels give the same numbers every time")
    func deterministic() {
        let drawing = pump(100, 100, 60)
        #expect(describe(drawing) == describe(drawing))
    }

    @Test("Two things apart become regions of their own")
    func regions() {
        var drawing = Drawing(320, 160)
        drawing.pump(70, 80, 50, (180, 40, 40))
        drawing.ladder(250, 80, 60, (40, 40, 180))
        let boxes = describe(drawing).regions
        let half = UInt16.max / 2
        #expect(boxes.contains { $0.right <= half + 3_000 })
        #expect(boxes.contains { $0.left >= half - 3_000 })
    }
}
