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

    init(_ companions: [Catalog.CompanionLinks], locations: [ContentDigest: [FileLocation]]) {
        let maps = companions.filter { $0.kind == .ditaMap }
            .flatMap { map in (locations[map.digest] ?? []).map { (place: $0, keys: map.keys) } }
        for (place, keys) in maps.sorted(by: { $0.place < $1.place }) {
            for key in keys { definitions[key.name, default: []].append(Definition(key: key, map: place)) }
        }
    }

    /// What a key means for a sheet at `place`.
    func definition(_ name: String, from place: FileLocation) -> Definition? {
        let folder = place.path.folder.bytes.split(separator: UInt8(ascii: "/"))
        var best: (definition: Definition, shared: Int)?
        for definition in definitions[name] ?? [] where definition.map.root == place.root {
            let shared = zip(folder, definition.map.path.folder.bytes.split(separator: UInt8(ascii: "/"))).prefix { $0.0 == $0.1 }.count
            if shared > best?.shared ?? -1 { best = (definition, shared) }
        }
        return best?.definition
    }
}
