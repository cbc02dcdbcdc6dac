import Documents
import Queueing

/// The keys that the maps of the archive define.
///
/// DITA looks keys up in the map that a publication starts from. An archive has no such start, so the map that lies nearest to
/// the sheet counts, and in one map the first definition.
struct KeySpace {
    struct Definition {
        var key: KeyDefinition
        /// Where the map lies: targets are relative to its folder.
        var map: FileLocation
    }

    private var definitions: [String: [Definition]] = [:]
    /// The first definition in each folder that holds maps.
    private var byFolder: [FileLocation: [String: Definition]] = [:]

    init(_ companions: [Catalog.CompanionLinks], locations: [ContentDigest: [FileLocation]]) {
        let maps = companions.filter { $0.kind == .ditaMap }
            .flatMap { map in (locations[map.digest] ?? []).map { (place: $0, keys: map.keys) } }
        for (place, keys) in maps.sorted(by: { $0.place < $1.place }) {
            let folder = FileLocation(root: place.root, path: place.path.folder)
            for key in keys {
                let definition = Definition(key: key, map: place)
                definitions[key.name, default: []].append(definition)
                if byFolder[folder]?[key.name] == nil { byFolder[folder, default: [:]][key.name] = definition }
            }
        }
    }

    /// What a key means for a sheet at `place`: in the folder itself, else in the nearest folder above, else where it is defined first.
    func definition(_ name: String, from place: FileLocation) -> Definition? {
        guard let all = definitions[name] else { return nil }
        var folder = place.path.folder
        while true {
            if let found = byFolder[FileLocation(root: place.root, path: folder)]?[name] { return found }
            guard !folder.bytes.isEmpty else { break }
            folder = folder.folder
        }
        return all.first { $0.map.root == place.root }
    }
}
