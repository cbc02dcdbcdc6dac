import Documents

/// METS: the files of a work, and which of them belong to which page.
enum METSReader {
    static func files(_ root: XMLElement) -> [ListedFile] {
        var pages: [String: String] = [:]
        var count = 0
        for map in root.elements where map.name == "structMap" && (map["TYPE"] ?? "PHYSICAL").uppercased() == "PHYSICAL" {
            collectPages(map, page: nil, &count, &pages)
        }
        var files: [ListedFile] = []
        for section in root.elements where section.name == "fileSec" {
            collectFiles(section, path: "/\(root.step)/\(section.step)", pages, &files)
        }
        return files
    }

    private static func collectPages(_ division: XMLElement, page: String?, _ count: inout Int, _ pages: inout [String: String]) {
        for child in division.elements {
            switch child.name {
            case "div":
                // What holds files is a page, whatever its type says. Its identifier is its own; an order or a label need not be.
                count += 1
                let own = child["ID"] ?? "\(count)"
                collectPages(child, page: child.elements.contains { $0.name == "fptr" } ? own : page, &count, &pages)
            case "fptr", "area", "seq", "par":
                if let page, let file = child["FILEID"] { pages[file] = page }
                collectPages(child, page: page, &count, &pages)
            default: break
            }
        }
    }

    private static func collectFiles(_ group: XMLElement, path: String, _ pages: [String: String], _ files: inout [ListedFile]) {
        for child in group.elements {
            let place = "\(path)/\(child.step)"
            if child.name == "file" {
                for location in child.elements where location.name == "FLocat" {
                    guard let target = location["href"]?.percentDecoded.folded, !target.isEmpty else { continue }
                    files.append(
                        ListedFile(
                            target: target, mediaType: child["MIMETYPE"], page: child["ID"].flatMap { pages[$0] },
                            place: .xpath("\(place)/\(location.step)")))
                }
            }
            collectFiles(child, path: place, pages, &files)
        }
    }
}
