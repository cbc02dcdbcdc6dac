extension Matrix {
    /// `a b` as a new matrix: `m x k` times `k x n`, in `2 m k n` operations.
    public static func product(_ a: borrowing Matrix, _ b: borrowing Matrix) -> Matrix {
        product(a, .asIs, b, .asIs)
    }

    /// `self = alpha * a b + beta * self`, both factors as they lie.
    public mutating func setProduct(_ a: borrowing Matrix, _ b: borrowing Matrix, alpha: Float = 1, beta: Float = 0) {
        setProduct(a, .asIs, b, .asIs, alpha: alpha, beta: beta)
    }
}
