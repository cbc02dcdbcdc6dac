/// The balance of the two constraints of stage 2, from "find the pair" (0) to "find the category" (1).
public enum Balance: Equatable, Sendable {
    /// Losses weigh by uncertainties that are learned with them (Kendall, Gal, Cipolla, CVPR 2018); how much the category counts in
    /// a code is what finds held-back pairs best.
    case adaptive
    /// Losses, validation and codes all weigh the category by this number, 0 to 1.
    case fixed(Float)

    /// From a word: `adaptive`, or a number from 0 to 1; `nil` for another.
    public init?(label: String) {
        if label == "adaptive" {
            self = .adaptive
        } else if let share = Float(label), (0...1).contains(share) {
            self = .fixed(share)
        } else {
            return nil
        }
    }

    /// In a word: `adaptive` or the number.
    public var label: String {
        switch self {
        case .adaptive: "adaptive"
        case .fixed(let share): "\(share)"
        }
    }
}

extension Balance: Codable {
    public init(from decoder: any Swift.Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let name = try? container.decode(String.self) {
            guard name == "adaptive" else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "a balance is adaptive or a number") }
            self = .adaptive
        } else {
            self = .fixed(try container.decode(Float.self))
        }
    }

    public func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .adaptive: try container.encode("adaptive")
        case .fixed(let share): try container.encode(share)
        }
    }
}
