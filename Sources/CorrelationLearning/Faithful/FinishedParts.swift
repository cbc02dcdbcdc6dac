import LinearAlgebra
import Storage
package import SystemPackage

/// A folder with the finished parts of trainings of CCL, so that one that was killed does not learn them again.
///
/// A part is a safetensors file, written whole and atomically, its name begun by that of the training. Damage, or a disk that is full,
/// costs the time of a part, never its result; so it is remarked on and no error.
package struct FinishedParts: Sendable {
    /// What the files call themselves.
    package static let kind = "ccl-part", version = 1

    package let folder: FilePath
    /// Hears which parts are learned and which were already.
    package let remark: @Sendable (String) -> Void

    /// `folder` must exist when the first part is done.
    package init(folder: FilePath, remark: @escaping @Sendable (String) -> Void = { _ in }) {
        (self.folder, self.remark) = (folder, remark)
    }

    /// A part as `learn` leaves it, or as an earlier run of the same training (`key`) did.
    func finished<Part: Parameters>(_ name: String, of key: String, from fresh: Part, _ learn: (inout Part) -> Void) -> Part {
        var part = fresh
        if let known = read(name, of: key, like: fresh.matrices) {
            part.set(known)
            remark("CCL: \(name) was learned before")
            return part
        }
        learn(&part)
        keep(part.matrices, name, of: key)
        return part
    }

    private func path(_ name: String, _ key: String) -> FilePath {
        folder.appending("\(key.prefix(16))-\(String(name.map { $0 == " " ? "-" : $0 })).safetensors")
    }

    private func read(_ name: String, of key: String, like shapes: [Matrix]) -> [Matrix]? {
        let path = path(name, key)
        do throws(StorageError) {
            let file = try TensorFile(contentsOf: path, kind: Self.kind, versions: Self.version...Self.version)
            try file.verify()
            var found: [Matrix] = []
            for (index, shape) in shapes.enumerated() {
                let tensor = try file.tensor("\(index)", .f32, dimensions: 2)
                guard file.metadata["training"] == key, tensor.shape == [shape.rows, shape.columns] else {
                    throw .malformed(path: path, why: "it is of another training")
                }
                found.append(Matrix(rows: shape.rows, columns: shape.columns, values: tensor.values()))
            }
            try file.checkRead()
            return found
        } catch {
            if !error.isMissing { remark("CCL: \(name) is learned again, for what was kept of it cannot be used: \(error)") }
            return nil
        }
    }

    private func keep(_ matrices: [Matrix], _ name: String, of key: String) {
        let tensors = matrices.enumerated().map { ("\($0)", Tensor($1.values, shape: [$1.rows, $1.columns])) }
        let file = TensorFile(kind: Self.kind, version: Self.version, metadata: ["training": key], tensors: Dictionary(uniqueKeysWithValues: tensors))
        do throws(StorageError) {
            try file.write(to: path(name, key))
            remark("CCL: \(name) is learned")
        } catch {
            remark("CCL: \(name) is learned, but a run that is stopped now learns it again, since it cannot be written: \(error)")
        }
    }
}
