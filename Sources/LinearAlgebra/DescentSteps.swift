import CKernels

/// Single passes that move parameters against a gradient; parameters are flat buffers.
public enum DescentSteps {
    /// `buffer += decay * values`, then `values -= rate * buffer`.
    ///
    /// `buffer` already holds momentum times its old value plus the gradient: let the product that makes the gradient add to it.
    public static func momentum(_ values: inout [Float], buffer: inout [Float], decay: Float, rate: Float) {
        precondition(values.count == buffer.count, "a momentum buffer lies like its parameters")
        values.withUnsafeMutableBufferPointer { w in
            buffer.withUnsafeMutableBufferPointer { d in
                guard let base = w.baseAddress, let d = d.baseAddress else { return }
                kernel_momentum_step(base, d, w.count, decay, rate)
            }
        }
    }

    /// Step number `step` (from 1) of AdamW (Loshchilov, Hutter 2019); `first` and `second` are its moments, zero at the start.
    ///
    /// The decay pulls to `origin`, which lies like the values; `nil` pulls to zero, as the paper has it.
    public static func adamW(
        _ values: inout [Float], gradient: [Float], first: inout [Float], second: inout [Float], step: Int, rate: Float,
        betas: (Float, Float) = (0.9, 0.999), epsilon: Float = 1e-8, decay: Float = 0, origin: [Float]? = nil
    ) {
        precondition(
            values.count == gradient.count && values.count == first.count && values.count == second.count
                && values.count == origin?.count ?? values.count,
            "moments, origin and gradient lie like their parameters")
        let size = rate / Float(1 - power(betas.0, step)), correction = Float(1 / (1 - power(betas.1, step)))
        func move(_ origin: UnsafePointer<Float>?) {
            gradient.withUnsafeBufferPointer { g in
                first.withUnsafeMutableBufferPointer { first in
                    second.withUnsafeMutableBufferPointer { second in
                        values.withUnsafeMutableBufferPointer { w in
                            guard let g = g.baseAddress, let m = first.baseAddress, let v = second.baseAddress, let w = w.baseAddress
                            else { return }
                            kernel_adamw_step(w, m, v, g, origin, first.count, betas.0, betas.1, size, correction, epsilon, rate * decay)
                        }
                    }
                }
            }
        }
        guard let origin else { return move(nil) }
        origin.withUnsafeBufferPointer { move($0.baseAddress) }
    }

    /// `base^exponent` by squaring, exponent >= 0.
    private static func power(_ base: Float, _ exponent: Int) -> Double {
        var (result, factor, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= factor }
            factor *= factor
            rest >>= 1
        }
        return result
    }
}
