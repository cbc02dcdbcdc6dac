import CSandbox
import Documents
import Queueing
import Storage
import SystemPackage

/// Where in the workspace a worker writes: the catalog's files, and the folders of its stage.
struct WorkerPlaces {
    private let workspace: Workspace
    private var places: [(path: FilePath, may: shogo_may)]

    /// Makes the folders that the stage of this name fills.
    init(_ workspace: Workspace, stage name: String) throws {
        guard let stage = Job.Stage(rawValue: name) else { throw ShogoError(.usage, "workers know no stage '\(name)'") }
        self.workspace = workspace
        // SQLite's log and shared memory lie beside the catalog as long as anybody has it open, and the supervisor has.
        places = ["", "-wal", "-shm"].map { (FilePath(workspace.catalogFile.lastComponent!.string + $0), SHOGO_MAY_REWRITE) }
        switch stage {
        case .parse, .recognise:
            // Numbers made from words that are read anew, or from a page that lay otherwise.
            places += ["descriptors", "codes"].map { ($0, SHOGO_MAY_REMOVE) }
        case .describe:
            for modality in Modality.allCases { try fill(workspace.descriptorFolder(extractor: Extractor.name(modality))) }
        case .encode:
            // Damaged descriptors.
            places.append(("descriptors", SHOGO_MAY_REMOVE))
            if let model = try ModelFolder(workspace: workspace).currentDigest() { try fill(workspace.codeFolder(model: model)) }
        }
    }

    private mutating func fill(_ folder: FilePath) throws {
        let relative = FilePath(root: nil, folder.components.suffix(2))
        var made = try OpenFolder(workspace.path)
        for component in relative.components { made = try made.makeFolder(component) }
        places.append((relative, SHOGO_MAY_MAKE))
    }

    /// Lends the places, open. What is not there yet is none; a link in the workspace is an error, because it leads out.
    func lend<Result>(_ body: (UnsafePointer<shogo_place>, Int) -> Result) throws(StorageError) -> Result {
        try lend(places[...], []) { $0.withUnsafeBufferPointer { body($0.baseAddress!, $0.count) } }
    }

    private func lend<Result>(
        _ rest: ArraySlice<(path: FilePath, may: shogo_may)>, _ open: [shogo_place], _ body: ([shogo_place]) -> Result
    ) throws(StorageError) -> Result {
        guard let next = rest.first, let name = next.path.lastComponent else { return body(open) }
        let folder = try OpenFolder(workspace.path, below: next.path.removingLastComponent())
        guard try folder.kind(of: name) != nil else { return try lend(rest.dropFirst(), open, body) }
        return try folder.pointing(at: name) { descriptor throws(StorageError) in
            try lend(rest.dropFirst(), open + [shogo_place(descriptor: descriptor, may: next.may)], body)
        }
    }
}
