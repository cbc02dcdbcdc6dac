public import LinearAlgebra
public import Storage
public import SystemPackage

/// The codes that a model gave one content: a row per page (one for a sheet).
///
/// Container `codes` version 1: `coarse` F16[pages, dimension], unit rows; metadata `model` is the digest of the model.
public enum CodeFile {
    static let kind = "codes"
    static let versions = 1...1

    public static func encode(_ codes: Matrix, model: String) -> TensorFile {
        TensorFile(
            kind: kind, version: versions.upperBound, metadata: ["model": model],
            tensors: ["coarse": Tensor(codes.values.map { Float16($0) }, shape: [codes.rows, codes.columns])])
    }

    /// Codes with what they lose by being stored.
    public static func stored(_ codes: Matrix) -> Matrix {
        Matrix(rows: codes.rows, columns: codes.columns, values: codes.values.map { Float(Float16($0)) })
    }

    /// Reads codes as they are stored, checking bytes, shape and model; `pages` rows must be there.
    public static func read(_ path: FilePath, model: String, pages: Int) throws(StorageError) -> Tensor {
        let file = try TensorFile(contentsOf: path, kind: kind, versions: versions)
        try file.verify()
        let codes = try file.tensor("coarse", .f16, dimensions: 2)
        guard try file.text("model") == model, codes.shape[0] == pages else {
            throw .malformed(path: path, why: "it holds other codes than its name says")
        }
        let copy = codes.copy
        try file.checkRead()
        return copy
    }

    /// Reads every byte and checks it.
    public static func verify(_ path: FilePath) throws(StorageError) {
        try TensorFile(contentsOf: path, kind: kind, versions: versions).verify()
    }
}
