import CKernels

/// A function of each value, with a derivative that its own result tells.
public enum Activation: String, Codable, Sendable {
    /// `x`
    case identity
    /// `1 / (1 + e^-x)`, within 1e-6.
    case logistic
    /// The hyperbolic tangent, within 1e-6.
    case tanh
    /// `max(0, x)`
    case rectifier
}

extension Matrix {
    /// Every row `x` becomes `f(x + bias)`; `bias` has `columns` values. One pass over the matrix.
    public mutating func activate(_ activation: Activation, bias: [Float]? = nil) {
        precondition((bias?.count ?? columns) == columns, "a bias has one value per column (\(columns))")
        let (rows, columns) = (rows, columns)
        values.withUnsafeMutableBufferPointer { x in
            guard let x = x.baseAddress else { return }
            func run(_ bias: UnsafePointer<Float>?) {
                switch activation {
                case .identity: if let bias { kernel_add_bias(x, bias, rows, columns) }
                case .logistic: kernel_logistic(x, bias, rows, columns)
                case .tanh: kernel_tanh(x, bias, rows, columns)
                case .rectifier: kernel_rectifier(x, bias, rows, columns)
                }
            }
            guard let bias else { return run(nil) }
            bias.withUnsafeBufferPointer { run($0.baseAddress) }
        }
    }

    /// A gradient by the results of `activation` becomes one by what went in; `output` is those results, of the same shape.
    public mutating func differentiate(_ activation: Activation, output: borrowing Matrix) {
        precondition(rows == output.rows && columns == output.columns, "a gradient lies like the output")
        guard activation != .identity else { return }
        let count = rows * columns
        output.values.withUnsafeBufferPointer { y in
            values.withUnsafeMutableBufferPointer { d in
                guard let y = y.baseAddress, let d = d.baseAddress else { return }
                switch activation {
                case .identity: break
                case .logistic: kernel_logistic_gradient(d, y, count)
                case .tanh: kernel_tanh_gradient(d, y, count)
                case .rectifier: kernel_rectifier_gradient(d, y, count)
                }
            }
        }
    }

    /// Every row `x` becomes `total * softmax(x + bias)`; each row is summed in one order on every machine.
    public mutating func softmaxRows(bias: [Float]? = nil, total: Float = 1) {
        precondition((bias?.count ?? columns) == columns, "a bias has one value per column (\(columns))")
        let (rows, columns) = (rows, columns)
        values.withUnsafeMutableBufferPointer { x in
            guard let x = x.baseAddress else { return }
            guard let bias else { return kernel_softmax(x, nil, rows, columns, total) }
            bias.withUnsafeBufferPointer { kernel_softmax(x, $0.baseAddress, rows, columns, total) }
        }
    }

    /// Every value `x` becomes `e^x`; `x` counts as -87 below that and as 88 above. Relative error below 3e-7.
    public mutating func exponentiate() {
        values.withUnsafeMutableBufferPointer { x in
            guard let base = x.baseAddress else { return }
            kernel_exp(base, x.count)
        }
    }
}
