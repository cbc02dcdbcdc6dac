/// An upright picture in memory: sRGB, 8 bits, interleaved.
public struct Bitmap: Equatable, Sendable {
    public let width: Int
    public let height: Int
    /// `height` rows of `width` pixels of R, G, B; no padding.
    public var pixels: [UInt8]

    /// Takes rows of R, G, B. The count must be `width * height * 3`, both sides at least 1.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * 3, "a bitmap's pixels do not fit its sides")
        self.width = width
        self.height = height
        self.pixels = pixels
    }
}

/// A rectangle of an image, in 1/65535 of the upright width and height, so that it fits any size of the picture.
public struct Box: Hashable, Codable, Sendable {
    public var left: UInt16, top: UInt16, right: UInt16, bottom: UInt16

    public init(left: UInt16, top: UInt16, right: UInt16, bottom: UInt16) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    public static let whole = Box(left: 0, top: 0, right: .max, bottom: .max)

    /// Where it lies on the page that was turned so many quarters clockwise to make the one it is a box of.
    public func before(turn: Int) -> Box {
        let far = UInt16.max
        return switch turn & 3 {
        case 1: Box(left: top, top: far - right, right: bottom, bottom: far - left)
        case 2: Box(left: far - right, top: far - bottom, right: far - left, bottom: far - top)
        case 3: Box(left: far - bottom, top: left, right: far - top, bottom: right)
        default: self
        }
    }
}
