import Testing

@testable import Recognising

@Suite("Pages of one column")
struct ColumnTests {
    private func places(_ tops: [Int], left: Int = 20, right: Int = 400, height: Int = 20) -> [LinePlace] {
        tops.map { LinePlace(left: left, top: $0, right: right, bottom: $0 + height) }
    }

    private func enlargement(_ places: [LinePlace], longestSide: Int = 900) -> Double? {
        LinePlace.enlargementOfColumn(places, longestSide: longestSide)
    }

    private let tops = [0, 30, 60, 140, 170]

    @Test("Short lines that follow each other are one column, enlarged to the height that is read best")
    func column() {
        #expect(enlargement(places(tops)) == 1.4)
        #expect(enlargement(places([0, 15, 30, 45, 60], right: 200, height: 8)) == 2)
        #expect(enlargement(places([0, 60, 120, 180, 240], height: 40)) == 1)
        #expect(enlargement(places(tops), longestSide: 4000) == 1.25 && enlargement(places(tops), longestSide: 9000) == 1, "a large page stays in memory")
        // A name and its price are parts of one line.
        #expect(enlargement(places(tops, right: 200) + places(tops, left: 600, right: 660)) == 1.4)
    }

    @Test("Long lines, pictures between lines, lines that run down and few lines are none")
    func other() {
        #expect(enlargement(places(tops, right: 661)) == nil)
        #expect(enlargement(places(tops + [311])) == nil)
        #expect(enlargement(places(tops + [310])) != nil)
        #expect(enlargement(places(tops, right: 40, height: 300)) == nil)
        #expect(enlargement(places([0, 30, 60, 90])) == nil)
        #expect(enlargement([]) == nil)
    }

    @Test("Enlarging weighs neighbours and keeps what is even")
    func enlarging() {
        let page = GreyPage(width: 2, height: 1, values: [0, 200])
        let larger = page.enlarged(by: 2)
        #expect(larger.width == 4 && larger.height == 2)
        #expect(larger.values == [0, 50, 150, 200, 0, 50, 150, 200])
        #expect(GreyPage(width: 3, height: 3, values: [UInt8](repeating: 255, count: 9)).enlarged(by: 1.7).values.allSatisfy { $0 == 255 })
        #expect(page.enlarged(by: 1).values == page.values)
    }
}
