import Documents
import Glibc
import Queueing
import Storage
import SystemPackage

/// Keeps the catalog's knowledge of which descriptors and codes lie on disk in step with their folders.
///
/// The files are the truth: whatever writes or deletes one changes the time of its folder. Cost: a look at each of 256 folders, and the
/// listing of those that changed.
struct NumberLedger {
    let archive: OpenWorkspace

    /// A folder that changed so lately may change again without another time.
    private static let tick: Int64 = 2_000_000_000

    func refreshDescriptors() throws {
        for modality in Modality.allCases {
            let extractor = Extractor.name(modality)
            try refresh(archive.workspace.descriptorFolder(extractor: extractor), .described, by: extractor)
        }
    }

    func refreshCodes(model: String) throws {
        try refresh(archive.workspace.codeFolder(model: model), .encoded, by: model)
    }

    private func refresh(_ folder: FilePath, _ numbers: Catalog.Numbers, by mark: String) throws {
        let name = folder.components.suffix(2).map(\.string).joined(separator: "/")
        let known = try archive.catalog.listingTimes(below: name)
        let isThere = Self.modified(folder) != nil
        var listings: [Catalog.Listing] = []
        let now = Self.now
        for byte in UInt8.min...UInt8.max {
            let hex = (byte < 16 ? "0" : "") + String(byte, radix: 16)
            let bucket = folder.appending(hex)
            let modified = isThere ? Self.modified(bucket) ?? 0 : 0
            let entry = "\(name)/\(hex)"
            guard modified != known[entry] ?? 0 else { continue }
            listings.append(
                Catalog.Listing(
                    folder: entry, modified: now - modified < Self.tick ? -1 : modified, firstByte: byte,
                    present: modified == 0 ? [] : try digests(in: bucket)))
        }
        try archive.catalog.note(listings, of: numbers, by: mark)
    }

    private func digests(in bucket: FilePath) throws -> Set<ContentDigest> {
        let names: [FilePath.Component]
        do throws(StorageError) { names = try OpenFolder(bucket).names() } catch {
            guard error.isMissing else { throw error }
            return []
        }
        return Set(names.compactMap { $0.extension == "safetensors" ? ContentDigest(hex: $0.stem) : nil })
    }

    private static func modified(_ path: FilePath) -> Int64? {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
