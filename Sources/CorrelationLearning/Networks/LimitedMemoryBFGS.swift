/// L-BFGS with backtracking (Liu, Nocedal, Mathematical Programming 1989) for smooth convex functions of some thousand numbers.
package struct LimitedMemoryBFGS {
    package var steps: Int
    /// Steps whose curvature is remembered.
    package var memory: Int
    /// Ends when the gradient is shorter than this share of the first.
    package var tolerance: Double

    package init(steps: Int = 200, memory: Int = 10, tolerance: Double = 1e-4) {
        (self.steps, self.memory, self.tolerance) = (steps, memory, tolerance)
    }

    /// Where `function` (value and gradient) is smallest, from `start`; `nil` when a value is not finite.
    package func minimise(_ start: [Float], _ function: ([Float]) -> (Double, [Float])) -> [Float]? {
        var point = start
        var (value, gradient) = function(point)
        let first = Self.dot(gradient, gradient)
        var history: [(step: [Float], change: [Float], product: Double)] = []
        for _ in 0..<steps where Self.dot(gradient, gradient) > first * tolerance * tolerance {
            let direction = Self.direction(gradient, history)
            let slope = Self.dot(direction, gradient)
            // The first step has no scale yet.
            var length = history.isEmpty ? 1 / max(1, first.squareRoot()) : 1
            var found: (point: [Float], value: Double, gradient: [Float])?
            while found == nil, length > 1e-10 {
                let next = zip(point, direction).map { $0 + Float(length) * $1 }
                let (nextValue, nextGradient) = function(next)
                guard nextValue.isFinite else { return nil }
                if nextValue <= value + 1e-4 * length * slope { found = (next, nextValue, nextGradient) }
                length /= 2
            }
            guard let found else { break }
            let step = zip(found.point, point).map { $0 - $1 }, change = zip(found.gradient, gradient).map { $0 - $1 }
            let product = Self.dot(step, change)
            if product > 0 { history = Array((history + [(step, change, product)]).suffix(memory)) }
            (point, value, gradient) = found
        }
        return value.isFinite && point.allSatisfy(\.isFinite) ? point : nil
    }

    /// Downhill: minus the inverse curvature that the steps show, times the gradient.
    private static func direction(_ gradient: [Float], _ history: [(step: [Float], change: [Float], product: Double)]) -> [Float] {
        var direction = gradient
        var factors: [Double] = []
        for past in history.reversed() {
            let factor = dot(past.step, direction) / past.product
            factors.append(factor)
            add(past.change, -factor, to: &direction)
        }
        if let last = history.last {
            let scale = Float(last.product / dot(last.change, last.change))
            for index in direction.indices { direction[index] *= scale }
        }
        for (past, factor) in zip(history, factors.reversed()) {
            add(past.step, factor - dot(past.change, direction) / past.product, to: &direction)
        }
        return direction.map { -$0 }
    }

    private static func dot(_ a: [Float], _ b: [Float]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += Double(a[index]) * Double(b[index]) }
        return sum
    }

    private static func add(_ vector: [Float], _ factor: Double, to target: inout [Float]) {
        for index in target.indices { target[index] += Float(factor) * vector[index] }
    }
}
