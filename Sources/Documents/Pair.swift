/// A sheet and an image known, or guessed, to belong together.
public struct Pair: Hashable, Sendable {
    /// How the pair came to be known, from the surest to the least sure.
    public enum Source: String, CaseIterable, Codable, Sendable {
        case csv, figureReference = "figure-reference", sameStem = "same-stem", sameFolder = "same-folder"

        /// How much a pair of this source counts in training, 0 to 1.
        public var weight: Float {
            switch self {
            case .csv, .figureReference: 1
            case .sameStem: 0.8
            case .sameFolder: 0.5
            }
        }
    }

    public var sheet: ContentDigest
    public var image: ContentDigest
    /// One page of the image file; `nil` when the pair is about all of them.
    public var page: Int?
    public var source: Source
    public var weight: Float

    public init(sheet: ContentDigest, image: ContentDigest, page: Int? = nil, source: Source, weight: Float? = nil) {
        self.sheet = sheet
        self.image = image
        self.page = page
        self.source = source
        self.weight = weight ?? source.weight
    }
}

/// What Shogo matches: one sheet, or one page of an image file.
public struct Item: Hashable, Sendable {
    public var digest: ContentDigest
    /// From 1; 1 for a sheet.
    public var page: Int

    public init(digest: ContentDigest, page: Int) {
        self.digest = digest
        self.page = page
    }
}

extension Item: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        left.digest == right.digest ? left.page < right.page : left.digest < right.digest
    }
}
