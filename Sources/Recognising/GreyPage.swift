import Documents

/// A page in grey, 0 is black, as it is given to the engine; and what is done to it so that the engine can read it.
struct GreyPage {
    let width: Int, height: Int
    /// `width * height` values, row by row.
    let values: [UInt8]

    init(_ bitmap: Bitmap) { self.init(width: bitmap.width, height: bitmap.height, values: bitmap.luma()) }

    init(width: Int, height: Int, values: [UInt8]) {
        (self.width, self.height, self.values) = (width, height, values)
    }

    /// Whether most of the page is dark: what can be read on it is light.
    var isDark: Bool {
        var counts = [Int](repeating: 0, count: 256)
        for value in values { counts[Int(value)] += 1 }
        return counts[..<96].reduce(0, +) * 2 > values.count
    }

    var inverted: GreyPage { GreyPage(width: width, height: height, values: values.map { 255 - $0 }) }

    /// The page after so many quarter turns clockwise.
    func turned(_ turn: Int) -> GreyPage {
        let (width, height) = (width, height)
        switch turn & 3 {
        case 1:
            return GreyPage(width: height, height: width, count: values.count) { x, y in values[(height - 1 - x) * width + y] }
        case 2: return GreyPage(width: width, height: height, values: values.reversed())
        case 3: return GreyPage(width: height, height: width, count: values.count) { x, y in values[x * width + width - 1 - y] }
        default: return self
        }
    }

    private init(width: Int, height: Int, count: Int, _ value: (_ x: Int, _ y: Int) -> UInt8) {
        let values = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            for y in 0..<height {
                for x in 0..<width { room[y * width + x] = value(x, y) }
            }
            filled = count
        }
        self.init(width: width, height: height, values: values)
    }
}
