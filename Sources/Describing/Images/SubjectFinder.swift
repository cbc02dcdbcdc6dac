/// Finds the picture on a page of paper: the drawing inside its frame, the figure above the text.
///
/// What is drawn hangs together; letters, frames and rulings do not hang together with it, or are thin. So the subject is the
/// connected piece of ink that is widest in its narrow direction, with all that reaches into its box.
struct SubjectFinder {
    private let width: Int, height: Int

    /// A piece of connected ink.
    private struct Piece {
        var box: PixelBox
        var ink: Int

        var breadth: Int { min(box.width, box.height) }
    }

    init(_ image: WorkingImage) {
        width = image.width
        height = image.height
    }

    /// The subject's box, or `nil` when nothing hangs together enough to be one.
    func subject(of ink: [Bool]) -> PixelBox? {
        let found = pieces(of: withoutRulings(ink)).filter { !isFrame($0) }
        guard var subject = found.max(by: { ($0.breadth, $0.ink) < ($1.breadth, $1.ink) })?.box else { return nil }
        var grown = true
        while grown {
            grown = false
            for piece in found where piece.breadth > 2 && piece.box.overlap(subject) > 0 && piece.box.union(subject) != subject {
                subject = subject.union(piece.box)
                grown = true
            }
        }
        return subject.area * 33 >= width * height ? subject : nil
    }

    /// A border around the page: as large as the page, but with little ink.
    private func isFrame(_ piece: Piece) -> Bool {
        piece.box.width * 100 >= width * 85 && piece.box.height * 100 >= height * 80 && piece.ink * 100 < piece.box.area * 8
    }

    /// Ink without long thin straight lines: frames and the rulings of tables.
    private func withoutRulings(_ ink: [Bool]) -> [Bool] {
        let across = runs(ink, along: width, count: height, step: 1, next: width)
        let down = runs(ink, along: height, count: width, step: width, next: 1)
        return ink.indices.map { pixel in
            guard ink[pixel] else { return false }
            let horizontal = across[pixel] * 100 >= width * 55 && down[pixel] <= 4
            let vertical = down[pixel] * 100 >= height * 55 && across[pixel] <= 4
            return !horizontal && !vertical
        }
    }

    /// For each pixel of ink the length of the straight run that it lies in.
    private func runs(_ ink: [Bool], along length: Int, count: Int, step: Int, next: Int) -> [Int] {
        var runs = [Int](repeating: 0, count: ink.count)
        for line in 0..<count {
            var start = 0
            while start < length {
                guard ink[line * next + start * step] else {
                    start += 1
                    continue
                }
                var end = start
                while end < length, ink[line * next + end * step] { end += 1 }
                for place in start..<end { runs[line * next + place * step] = end - start }
                start = end
            }
        }
        return runs
    }

    /// Pieces of ink that touch, corners included.
    private func pieces(of ink: [Bool]) -> [Piece] {
        var seen = ink.map { !$0 }
        var found: [Piece] = []
        var waiting: [Int] = []
        for start in ink.indices where !seen[start] {
            var piece = Piece(box: PixelBox(left: width, top: height, right: 0, bottom: 0), ink: 0)
            seen[start] = true
            waiting.append(start)
            while let pixel = waiting.popLast() {
                let x = pixel % width, y = pixel / width
                piece.ink += 1
                piece.box = piece.box.union(PixelBox(left: x, top: y, right: x + 1, bottom: y + 1))
                for nearY in max(0, y - 1)...min(height - 1, y + 1) {
                    for nearX in max(0, x - 1)...min(width - 1, x + 1) where !seen[nearY * width + nearX] {
                        seen[nearY * width + nearX] = true
                        waiting.append(nearY * width + nearX)
                    }
                }
            }
            found.append(piece)
        }
        return found
    }
}
