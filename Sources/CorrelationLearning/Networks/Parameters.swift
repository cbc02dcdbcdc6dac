import LinearAlgebra

/// Matrices that gradient steps move, and the one order in which moments, checkpoints and model files have them.
///
/// A gradient is a value of the same type.
protocol Parameters {
    /// All of them, in order.
    var matrices: [Matrix] { get }
    /// Takes as many from the front as there are, in the same shapes.
    mutating func take(from matrices: inout ArraySlice<Matrix>)
}

extension Parameters {
    /// Takes all of them, in order.
    mutating func set(_ matrices: [Matrix]) {
        var rest = matrices[...]
        take(from: &rest)
        precondition(rest.isEmpty, "\(rest.count) matrices too many")
    }

    /// These times a number.
    func scaled(_ factor: Float) -> Self {
        var result = self
        result.set(matrices.map { $0.scaled(factor) })
        return result
    }

    /// Adds others of the same shapes.
    mutating func add(_ other: Self) {
        set(zip(matrices, other.matrices).map { $0.adding($1) })
    }

    /// The sum with others of the same shapes.
    func adding(_ other: Self) -> Self {
        var sum = self
        sum.add(other)
        return sum
    }
}

/// Parameters that each have a name.
protocol NamedParameters: Parameters {
    /// The names that files use, in order.
    static var order: [(name: String, path: WritableKeyPath<Self, Matrix>)] { get }
}

extension NamedParameters {
    var matrices: [Matrix] { Self.order.map { self[keyPath: $0.path] } }

    mutating func take(from matrices: inout ArraySlice<Matrix>) {
        for (_, path) in Self.order { self[keyPath: path] = matrices.removeFirst() }
    }
}

/// What may not be there has no matrices then.
extension Optional: Parameters where Wrapped: Parameters {
    var matrices: [Matrix] { self?.matrices ?? [] }

    mutating func take(from matrices: inout ArraySlice<Matrix>) { self?.take(from: &matrices) }
}
