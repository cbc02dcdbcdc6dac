import Documents

/// A page with boxes drawn on it: numbered regions in red, lines of text in blue.
struct PageDrawing {
    /// Pixels of the longer side at most.
    static let longestSide = 1_200

    private(set) var bitmap: Bitmap

    private struct Colour {
        var red: UInt8, green: UInt8, blue: UInt8

        static let region = Colour(red: 214, green: 40, blue: 40)
        static let line = Colour(red: 30, green: 110, blue: 210)
        static let white = Colour(red: 255, green: 255, blue: 255)
    }

    init(_ page: Bitmap, regions: [Box], text: PageText?) {
        bitmap = page
        for line in text?.lines ?? [] {
            if let box = line.box { frame(box, thickness: 1, .line) }
        }
        for (number, box) in regions.enumerated() {
            frame(box, thickness: 2, .region)
            label(number + 1, at: corner(of: box))
        }
    }

    private func corner(of box: Box) -> (x: Int, y: Int) { (at(box.left, bitmap.width), at(box.top, bitmap.height)) }

    private func at(_ part: UInt16, _ whole: Int) -> Int { min(whole - 1, Int(part) * whole / 65535) }

    private mutating func frame(_ box: Box, thickness: Int, _ colour: Colour) {
        let (left, top) = corner(of: box)
        let (right, bottom) = (max(left, at(box.right, bitmap.width)), max(top, at(box.bottom, bitmap.height)))
        for inset in 0..<thickness {
            for x in left...right {
                set(x, top + inset, colour)
                set(x, bottom - inset, colour)
            }
            for y in top...bottom {
                set(left + inset, y, colour)
                set(right - inset, y, colour)
            }
        }
    }

    /// Digits of 3 x 5 dots, each dot 2 x 2 pixels, white on red.
    private mutating func label(_ number: Int, at place: (x: Int, y: Int)) {
        for (position, digit) in String(number).compactMap(\.wholeNumberValue).enumerated() {
            let (x, y) = (place.x + position * 8, place.y)
            for row in 0..<14 {
                for column in 0..<10 {
                    let (dotRow, dotColumn) = (row / 2 - 1, column / 2 - 1)
                    let isDot = (0..<5).contains(dotRow) && (0..<3).contains(dotColumn) && Self.digits[digit][dotRow] & (4 >> dotColumn) != 0
                    set(x + column, y + row, isDot ? .white : .region)
                }
            }
        }
    }

    private mutating func set(_ x: Int, _ y: Int, _ colour: Colour) {
        guard (0..<bitmap.width).contains(x), (0..<bitmap.height).contains(y) else { return }
        let at = (y * bitmap.width + x) * 3
        bitmap.pixels[at] = colour.red
        bitmap.pixels[at + 1] = colour.green
        bitmap.pixels[at + 2] = colour.blue
    }

    /// Rows of three dots, from 0 to 9.
    private static let digits: [[Int]] = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1], [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 2, 2, 2],
        [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]
}
