import Glibc
package import LinearAlgebra

/// Softmax cross-entropy by rows against weighted targets.
package enum CrossEntropy {
    /// `logits` and `targets` are `n x m`; a row of targets weighs what it sums to, an all-zero row nothing.
    package static func evaluate(logits: Matrix, targets: Matrix) -> (loss: Float, gradient: Matrix) {
        var gradient = Matrix(rows: logits.rows, columns: logits.columns)
        var loss: Float = 0
        let columns = logits.columns
        logits.values.withUnsafeBufferPointer { logits in
            targets.values.withUnsafeBufferPointer { targets in
                gradient.values.withUnsafeMutableBufferPointer { gradient in
                    for start in stride(from: 0, to: logits.count, by: max(1, columns)) {
                        let range = start..<start + columns
                        var largest = -Float.infinity, weight: Float = 0
                        for index in range {
                            largest = max(largest, logits[index])
                            weight += targets[index]
                        }
                        guard weight > 0 else { continue }
                        var sum: Float = 0
                        for index in range {
                            gradient[index] = expf(logits[index] - largest)
                            sum += gradient[index]
                        }
                        let logSum = largest + logf(sum)
                        for index in range {
                            loss += targets[index] * (logSum - logits[index])
                            gradient[index] = weight * gradient[index] / sum - targets[index]
                        }
                    }
                }
            }
        }
        return (loss, gradient)
    }
}
