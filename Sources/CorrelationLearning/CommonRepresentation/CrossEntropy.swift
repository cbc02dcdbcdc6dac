import Glibc
package import LinearAlgebra

/// Softmax cross-entropy by rows against weighted targets.
package enum CrossEntropy {
    /// `logits` and `targets` are `n x m`; a row of targets weighs what it sums to, an all-zero row nothing.
    ///
    /// With `robustness` `q > 0` it is the generalised cross-entropy (Zhang, Sabuncu, NeurIPS 2018) `(1 - P^q) / q` of the chance `P`
    /// of the targets: rows that look wrong pull less.
    package static func evaluate(logits: Matrix, targets: Matrix, robustness: Float = 0) -> (loss: Float, gradient: Matrix) {
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
                        if robustness > 0 {
                            let chance = range.reduce(Float(0)) { $0 + targets[$1] / weight * (gradient[$1] / sum) }
                            let pull = powf(max(chance, 1e-12), robustness - 1)
                            loss += weight * (1 - pull * chance) / robustness
                            for index in range {
                                gradient[index] = weight * pull * (gradient[index] / sum) * (chance - targets[index] / weight)
                            }
                            continue
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
