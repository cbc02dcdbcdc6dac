@testable import Describing
import Documents

/// A canvas on which tests draw simple pictures.
struct Drawing {
    var bitmap: Bitmap

    init(_ width: Int, _ height: Int, _ colour: (UInt8, UInt8, UInt8) = (255, 255, 255)) {
        bitmap = Bitmap(width: width, height: height, pixels: [UInt8](repeating: 0, count: width * height * 3))
        fill { _, _ in colour }
    }

    /// Paints every pixel for which `colour` gives one, at the pixel's centre in shares of the picture.
    mutating func fill(_ colour: (Double, Double) -> (UInt8, UInt8, UInt8)?) {
        for y in 0..<bitmap.height {
            for x in 0..<bitmap.width {
                guard let paint = colour((Double(x) + 0.5) / Double(bitmap.width), (Double(y) + 0.5) / Double(bitmap.height)) else { continue }
                set(x, y, paint)
            }
        }
    }

    mutating func set(_ x: Int, _ y: Int, _ colour: (UInt8, UInt8, UInt8)) {
        let at = (y * bitmap.width + x) * 3
        bitmap.pixels[at] = colour.0
        bitmap.pixels[at + 1] = colour.1
        bitmap.pixels[at + 2] = colour.2
    }

    mutating func rectangle(_ left: Int, _ top: Int, _ width: Int, _ height: Int, _ colour: (UInt8, UInt8, UInt8)) {
        for y in top..<top + height { for x in left..<left + width { set(x, y, colour) } }
    }

    /// A pump, seen from the side: round body, foot, and a pipe on top; centred on (x, y), about 2 `size` high.
    mutating func pump(_ x: Int, _ y: Int, _ size: Int, _ colour: (UInt8, UInt8, UInt8), outline: Bool = false) {
        shape(outline: outline, colour) { dx, dy in
            let u = Double(dx - x) / Double(size), v = Double(dy - y) / Double(size)
            return u * u + v * v < 0.36 || (abs(u) < 0.8 && v > 0.6 && v < 0.9) || (abs(u - 0.2) < 0.15 && v < 0 && v > -1)
        }
    }

    /// A ladder: two posts and four rungs.
    mutating func ladder(_ x: Int, _ y: Int, _ size: Int, _ colour: (UInt8, UInt8, UInt8), outline: Bool = false) {
        shape(outline: outline, colour) { dx, dy in
            let u = Double(dx - x) / Double(size), v = Double(dy - y) / Double(size)
            guard abs(u) < 0.5, abs(v) < 1 else { return false }
            return abs(u) > 0.35 || abs((v * 2).rounded() - v * 2) < 0.25
        }
    }

    private mutating func shape(outline: Bool, _ colour: (UInt8, UInt8, UInt8), _ inside: (Int, Int) -> Bool) {
        for y in 0..<bitmap.height {
            for x in 0..<bitmap.width where inside(x, y) {
                let edge = !inside(x - 1, y) || !inside(x + 1, y) || !inside(x, y - 1) || !inside(x, y + 1)
                if !outline || edge { set(x, y, colour) }
            }
        }
    }
}

/// Cosine of two vectors; 1 for two zero vectors.
func cosine(_ a: [Float], _ b: [Float]) -> Float {
    var dot: Float = 0, squareA: Float = 0, squareB: Float = 0
    for (x, y) in zip(a, b) {
        dot += x * y
        squareA += x * x
        squareB += y * y
    }
    guard squareA > 0, squareB > 0 else { return squareA == squareB ? 1 : 0 }
    return dot / (squareA * squareB).squareRoot()
}
