/// A number among a method's settings that validation chooses.
public struct TunedNumber: Equatable, Sendable {
    /// As in the settings, such as `ridge`.
    public var name: String
    public var value: Double
    /// What makes sense at all: there is nothing to try beyond it.
    public var range: ClosedRange<Double>

    public init(_ name: String, _ value: some BinaryFloatingPoint, in range: ClosedRange<Double> = 0...Double.infinity) {
        (self.name, self.value, self.range) = (name, Double(value), range)
    }

    public init(_ name: String, _ value: Int, in range: ClosedRange<Int> = 1...Int.max) {
        (self.name, self.value, self.range) = (name, Double(value), Double(range.lowerBound)...Double(range.upperBound))
    }
}

extension [TunedNumber] {
    /// The names of those that are the least or the greatest of all `candidates` where something beyond could be tried.
    ///
    /// A best value there says that a better one may have been left out, so the method was not at its best.
    func atEdge(of candidates: [[TunedNumber]]) -> [String] {
        filter { number in
            let values = candidates.joined().filter { $0.name == number.name }.map(\.value)
            guard let least = values.min(), let most = values.max(), least < most else { return false }
            return number.value == least && least > number.range.lowerBound || number.value == most && most < number.range.upperBound
        }.map(\.name)
    }
}
