/// Finds the content of a page and its separate blocks from the ink per cell.
struct RegionFinder {
    static let most = 16
    /// With fewer blocks than this, grids are added.
    static let few = 5

    let statistics: CellStatistics
    let width: Int
    let height: Int

    /// The smallest box around all ink, or the whole picture when there is none.
    static func content(of image: WorkingImage) -> PixelBox {
        var left = image.width, top = image.height, right = 0, bottom = 0
        for y in 0..<image.height {
            for x in 0..<image.width where image.ink[y * image.width + x] {
                left = min(left, x)
                right = max(right, x + 1)
                top = min(top, y)
                bottom = max(bottom, y + 1)
            }
        }
        guard left < right else { return PixelBox(left: 0, top: 0, right: image.width, bottom: image.height) }
        return PixelBox(left: left, top: top, right: right, bottom: bottom)
    }

    /// Blocks, those with most ink first, then grids over `content` while blocks are few; at most `most`, each once.
    func regions(content: PixelBox) -> [PixelBox] {
        var regions = Array(blocks().prefix(Self.most))
        guard regions.count < Self.few else { return regions }
        for side in [2, 3] where content.width >= 4 * side && content.height >= 4 * side {
            for cell in Self.grid(side, over: content) where regions.count < Self.most && !regions.contains(cell) { regions.append(cell) }
        }
        return regions
    }

    static func grid(_ side: Int, over box: PixelBox) -> [PixelBox] {
        (0..<side * side).map { number in
            let x = number % side, y = number / side
            return PixelBox(
                left: box.left + x * box.width / side, top: box.top + y * box.height / side,
                right: box.left + (x + 1) * box.width / side, bottom: box.top + (y + 1) * box.height / side)
        }
    }

    /// Connected blocks of inked cells, gaps of up to two cells closed, without specks and without the whole page.
    func blocks() -> [PixelBox] {
        let page = width * height
        var found = components().filter { $0.box.area * 300 >= page }
        merge(&found)
        return found.filter { $0.box.area * 100 < page * 95 }
            .sorted { ($1.ink, $0.box.top, $0.box.left, $0.box.bottom) < ($0.ink, $1.box.top, $1.box.left, $1.box.bottom) }
            .map(\.box)
    }

    /// Joins a block that lies mostly inside another, until none does.
    private func merge(_ found: inout [(box: PixelBox, ink: Int)]) {
        var first = 0
        while first < found.count {
            let inside = found.indices.first {
                $0 != first && found[$0].box.overlap(found[first].box) * 10 >= min(found[$0].box.area, found[first].box.area) * 6
            }
            guard let second = inside else {
                first += 1
                continue
            }
            found[first] = (found[first].box.union(found[second].box), found[first].ink + found[second].ink)
            found.remove(at: second)
            first = 0
        }
    }

    private func components() -> [(box: PixelBox, ink: Int)] {
        let columns = statistics.columns, rows = statistics.rows
        let ink = statistics.inkOfCell
        var waiting: [Int] = []
        var seen = [Bool](repeating: false, count: ink.count)
        var found: [(box: PixelBox, ink: Int)] = []
        for start in ink.indices where ink[start] > 0 && !seen[start] {
            var box = PixelBox(left: width, top: height, right: 0, bottom: 0)
            var count = 0
            seen[start] = true
            waiting.append(start)
            while let cell = waiting.popLast() {
                let x = cell % columns, y = cell / columns
                count += Int(ink[cell])
                let side = CellStatistics.cellSide
                box = box.union(
                    PixelBox(left: x * side, top: y * side, right: min(width, (x + 1) * side), bottom: min(height, (y + 1) * side)))
                for nearY in max(0, y - 2)...min(rows - 1, y + 2) {
                    for nearX in max(0, x - 2)...min(columns - 1, x + 2) {
                        let near = nearY * columns + nearX
                        if ink[near] > 0, !seen[near] {
                            seen[near] = true
                            waiting.append(near)
                        }
                    }
                }
            }
            found.append((box, count))
        }
        return found
    }
}
