import Foundation
import Testing

@Suite("A run")
struct RunTests {
    let archive: SmallArchive

    init() throws {
        archive = try SmallArchive()
        #expect(try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path).status == 0)
    }

    private func run(workers: Int = 2, _ more: String...) throws -> ShogoProgram.Outcome {
        let nightly = try archive.nightly()
        let arguments = ["run", nightly, "--workspace", archive.workspace, "--workers", "\(workers)", "--json"] + more
        let (process, output, messages) = try ShogoProgram.start(arguments)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return .init(status: process.terminationStatus, output: text, messages: words)
    }

    private func account(_ outcome: ShogoProgram.Outcome) throws -> [String: Int] {
        try outcome.json["account"] as? [String: Int] ?? [:]
    }

    @Test("Every file is accounted for, and broken ones do not stop it")
    func accounts() throws {
        let outcome = try run()
        #expect(outcome.status == 3, "\(outcome.messages)")
        let account = try account(outcome)
        #expect(account["seen"] == 45)
        #expect(account["indexed"] == 40)
        #expect(account["unsupported"] == 1)
        #expect(account["quarantined"] == 3)
        #expect(account["ignored"] == 1)

        let status = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json
        #expect((status["files"] as? [String: Int])?.values.reduce(0, +) == 45)
        #expect(status["rows"] as? Int == 40)
        #expect(status["snapshot"] as? String == (try outcome.json["snapshot"] as? String))

        let failures = try ShogoProgram.run("failures", "--workspace", archive.workspace, "--json").output.split(separator: "\n")
        let reasons = try failures.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }.compactMap { $0?["reason"] as? String }
        #expect(Set(reasons) == ["empty-file", "truncated", "unsupported-format", "not-well-formed"])

        let report = try String(contentsOfFile: archive.workspace + "/reports/all.csv", encoding: .utf8)
        #expect(report.hasPrefix("query_path,query_page,query_title,rank,score,candidate_path,"))
        #expect(report.split(separator: "\r\n").count == 1 + 30 * 3)
    }

    @Test("A file larger than memory should hold is told apart by its first bytes, and no worker dies of it")
    func huge() throws {
        for (name, head) in [("film.avi", "RIFF\u{10}\0\0\0AVI LIST"), ("endless.txt", "Maintenance of the pump\n")] {
            try archive.write("old/" + name, Array(head.utf8))
            #expect(truncate(archive.root.appendingPathComponent("old/" + name).path, (1 << 30) + 9) == 0)
        }
        let outcome = try run()
        #expect(outcome.status == 3, "\(outcome.messages)")
        let failures = try ShogoProgram.run("failures", "--workspace", archive.workspace).output
        #expect(failures.contains("old/film.avi\n  unsupported, unsupported-format"), "\(failures)")
        #expect(failures.contains("old/endless.txt\n  quarantined, too-large") || failures.contains("old/endless.txt\n  unsupported"), "\(failures)")
        #expect(!failures.contains("worker-died"))
        #expect(try account(outcome)["indexed"] == 40)
    }

    @Test("A run whose messages nobody can take goes on without them")
    func deafMessages() throws {
        let process = Process()
        process.executableURL = ShogoProgram.executable
        process.arguments = ["run", try archive.nightly(), "--workspace", archive.workspace]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: "/dev/full")
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
    }

    @Test("A second run has nothing to do and changes nothing")
    func secondRun() throws {
        let first = try run()
        let second = try run()
        #expect(try second.json["jobs"] as? Int == 0)
        #expect(try second.json["snapshot"] as? String == first.json["snapshot"] as? String)
        #expect(try account(second)["unchanged"] == 40)
        #expect(try account(second)["indexed"] == 0)
    }

    @Test("After a rename, an edit, a removal and an addition only the two new contents are worked on")
    func incremental() throws {
        _ = try run()
        let before = try items()
        try archive.move("pictures/pump-1.tif", to: "pictures/renamed.tif")
        try archive.write("sheets/valve-sheet.txt", Array("Maintenance of the valve\n\nAnother text altogether.\n".utf8))
        try archive.remove("pictures/fan-3.tif")
        try archive.write("pictures/new.tif", SmallArchive.picture(machine: 77, view: 1))
        let outcome = try run()
        #expect(outcome.messages.contains("parse: 2 contents"), "\(outcome.messages)")
        #expect(outcome.messages.contains("describe: 2 contents"), "\(outcome.messages)")
        #expect(try account(outcome)["indexed"] == 2)
        let after = try items()
        #expect(after.subtracting(before).count == 2)
        #expect(before.subtracting(after).count == 2)
    }

    /// Every content in the snapshot, as the report of all candidates names it.
    private func items() throws -> Set<String> {
        var digests: Set<String> = []
        for (from, to) in [("images", "sheets"), ("sheets", "images")] {
            let lines = try ShogoProgram.run("match", "--workspace", archive.workspace, "--from", from, "--to", to, "--top", "1", "--format", "jsonl").output
            for line in lines.split(separator: "\n") {
                let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                if let digest = row?["query_digest"] as? String { digests.insert(digest) }
            }
        }
        return digests
    }

    @Test("A model of other descriptors is not used: the next run trains and encodes anew")
    func otherExtractor() throws {
        let first = try run().json
        let folder = URL(fileURLWithPath: archive.workspace + "/models")
        let model = try #require(first["model"] as? String)
        var bytes = try Data(contentsOf: folder.appendingPathComponent(model + ".safetensors"))
        let name = try #require(bytes.firstRange(of: Data("image-".utf8) + Data([0x31])))
        bytes[name.upperBound - 1] = 0x30
        // Under its own name, as a Shogo of that version would have written it.
        try bytes.write(to: folder.appendingPathComponent("old"))
        let old = try Self.digest(folder.appendingPathComponent("old").path)
        try FileManager.default.moveItem(at: folder.appendingPathComponent("old"), to: folder.appendingPathComponent(old + ".safetensors"))
        try FileManager.default.moveItem(at: folder.appendingPathComponent(model + ".json"), to: folder.appendingPathComponent(old + ".json"))
        try Data((old + "\n").utf8).write(to: folder.appendingPathComponent("CURRENT"))
        try FileManager.default.removeItem(atPath: archive.workspace + "/codes")

        let query = try ShogoProgram.run("query", archive.root.path + "/pictures/pump-1.tif", "--workspace", archive.workspace)
        #expect(query.status == 1 && query.messages.contains("another version"), "\(query.messages)")
        let second = try run()
        #expect(second.messages.contains("another version") && second.messages.contains("encode: 40 contents"), "\(second.messages)")
        #expect(try second.json["model"] as? String == model)
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
    }

    @Test("A model whose record was lost is trained anew")
    func lostRecord() throws {
        let first = try run().json
        let record = archive.workspace + "/models/" + (try #require(first["model"] as? String)) + ".json"
        try FileManager.default.removeItem(atPath: record)
        let second = try run()
        #expect(try second.json["model"] as? String == first["model"] as? String)
        #expect(FileManager.default.fileExists(atPath: record))
    }

    private static func digest(_ path: String) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = [path]
        process.standardOutput = output
        try process.run()
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile().prefix(64), as: UTF8.self)
    }

    @Test("One worker and three make the same snapshot")
    func workerCount() throws {
        let one = try run(workers: 1)
        let other = try SmallArchive()
        try ShogoProgram.run("init", other.workspace, "--root", other.root.path)
        let three = try ShogoProgram.run("run", try other.nightly(), "--workspace", other.workspace, "--workers", "3", "--json")
        #expect(try one.json["snapshot"] as? String == three.json["snapshot"] as? String)
        #expect(try one.json["model"] as? String == three.json["model"] as? String)
        #expect(try one.json["snapshot"] as? String != nil)
    }

    @Test("A dry run changes nothing")
    func dryRun() throws {
        let outcome = try run("--dry-run")
        #expect(outcome.status == 0)
        let other = archive.folder.appendingPathComponent("other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        let ingest = try ShogoProgram.run("ingest", other.path, "--workspace", archive.workspace, "--dry-run", "--json")
        #expect(try ingest.status == 0 && ingest.json["dryRun"] as? Bool == true, "\(ingest)")
        let status = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json
        #expect((status["files"] as? [String: Int])?.values.reduce(0, +) == 0)
        #expect(status["snapshot"] is NSNull)
    }

    @Test("A small root whose share is not mounted refuses, however large the rest is")
    func unmounted() throws {
        let small = archive.folder.appendingPathComponent("small")
        try FileManager.default.createDirectory(at: small, withIntermediateDirectories: true)
        let file = small.appendingPathComponent("x.tif")
        try Data(SmallArchive.picture(machine: 60, view: 1)).write(to: file)
        #expect(try ShogoProgram.run("ingest", small.path, "--workspace", archive.workspace, "--quiet").status == 8, "there is no model yet")
        _ = try run()
        let before = try items()
        try FileManager.default.removeItem(at: file)
        #expect(try run().status == 12)
        #expect(try items() == before)
        #expect(try run(workers: 2, "--max-delete", "1").status == 3)
        #expect(try items().count == before.count - 1)
    }

    @Test("A link to a share that is not mounted today costs nothing that was known behind it")
    func deadLink() throws {
        let share = archive.folder.appendingPathComponent("share")
        try FileManager.default.moveItem(at: archive.root.appendingPathComponent("pictures"), to: share)
        try FileManager.default.createSymbolicLink(at: archive.root.appendingPathComponent("pictures"), withDestinationURL: share)
        _ = try run()
        let before = try items()
        try FileManager.default.moveItem(at: share, to: archive.folder.appendingPathComponent("away"))
        let refused = try run()
        #expect(refused.status == 12 && refused.messages.contains("cannot be read"), "\(refused.messages)")
        let outcome = try run(workers: 2, "--max-delete", "1")
        #expect(outcome.status == 9, "\(outcome.messages)")
        #expect(try items() == before)
        #expect(try account(outcome)["seen"] == 45 && account(outcome)["unreadable"] == 30)
        try FileManager.default.moveItem(at: archive.folder.appendingPathComponent("away"), to: share)
        let back = try run()
        #expect(back.status == 3, "\(back.messages)")
        #expect(try account(back)["unreadable"] == 0 && back.json["jobs"] as? Int == 0)
    }

    @Test("An archive of links keeps its index while their target is away: few are told, many refuse")
    func deadFileLinks() throws {
        let share = archive.folder.appendingPathComponent("share")
        try FileManager.default.createDirectory(at: share, withIntermediateDirectories: true)
        for machine in SmallArchive.machines {
            for view in 1...3 {
                let name = "\(machine)-\(view).tif"
                let path = archive.root.appendingPathComponent("pictures/" + name)
                try FileManager.default.moveItem(at: path, to: share.appendingPathComponent(name))
                try FileManager.default.createSymbolicLink(at: path, withDestinationURL: share.appendingPathComponent(name))
            }
        }
        _ = try run()
        let before = try items()
        let report = try String(contentsOfFile: archive.workspace + "/reports/all.csv", encoding: .utf8)
        try FileManager.default.moveItem(at: share.appendingPathComponent("fan-1.tif"), to: archive.folder.appendingPathComponent("fan-1.tif"))
        let few = try run()
        #expect(few.status == 9, "\(few.messages)")
        #expect(try account(few)["seen"] == 45 && account(few)["unreadable"] == 1)
        #expect(try items() == before)
        try FileManager.default.moveItem(at: share, to: archive.folder.appendingPathComponent("away"))
        #expect(try run().status == 12)
        #expect(try run(workers: 2, "--max-delete", "1").status == 9)
        #expect(try items() == before)
        #expect(try String(contentsOfFile: archive.workspace + "/reports/all.csv", encoding: .utf8) == report)
    }

    @Test("A sheet that left the archive is forgotten after crawl.keepGone days: words, descriptors, codes and old snapshots")
    func forgotten() throws {
        _ = try run()
        try archive.remove("sheets/valve-sheet.txt")
        #expect(try run().status == 3)
        func holders(_ word: String) -> [String] {
            let names = FileManager.default.enumerator(atPath: archive.workspace)?.compactMap { $0 as? String } ?? []
            return names.filter { name in
                guard !name.hasPrefix("models"), let bytes = FileManager.default.contents(atPath: archive.workspace + "/" + name) else { return false }
                return bytes.range(of: Data(word.utf8)) != nil
            }.sorted()
        }
        #expect(holders("handwheel").contains("catalog.sqlite") || holders("handwheel").contains("catalog.sqlite-wal"), "30 days are not over")
        let file = archive.workspace + "/shogo.yaml"
        try String(contentsOfFile: file, encoding: .utf8).replacing("keepGone: 30", with: "keepGone: 0").write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try run()
        #expect(outcome.status == 3 && outcome.messages.contains("forgot 1 contents"), "\(outcome.messages)")
        #expect(holders("handwheel").isEmpty, "\(holders("handwheel"))")
        #expect(try FileManager.default.contentsOfDirectory(atPath: archive.workspace + "/index/snapshots").count == 1)
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
        #expect(try run().json["jobs"] as? Int == 0)
    }

    @Test("A link in the archive to the workspace is told and not entered, and the sum is that of the files")
    func ownWorkspace() throws {
        _ = try run()
        try FileManager.default.createSymbolicLink(at: archive.root.appendingPathComponent("pictures/back"), withDestinationURL: archive.folder)
        try FileManager.default.createSymbolicLink(at: archive.root.appendingPathComponent("old/ws"), withDestinationURL: URL(fileURLWithPath: archive.workspace))
        let outcome = try run()
        #expect(outcome.status == 3, "\(outcome.messages)")
        #expect(outcome.messages.contains("it is the workspace"))
        // Beside the workspace: the pairs and two pipelines, reached through the link.
        #expect(try account(outcome)["seen"] == 45 + 2)
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
    }

    @Test("A night without changes writes nothing again, and a report that was deleted comes back")
    func idle() throws {
        _ = try run()
        let second = try run()
        expectIdle(second)
        // Other times of the same contents, and of what nobody reads, are nothing new.
        for name in ["sheets/pump-sheet.txt", "pictures/fan-1.tif", "old/Thumbs.db"] {
            #expect(utimes(archive.root.appendingPathComponent(name).path, nil) == 0)
        }
        expectIdle(try run())
        let report = archive.workspace + "/reports/all.csv"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: report))
        try FileManager.default.removeItem(atPath: report)
        _ = try run()
        #expect(try Data(contentsOf: URL(fileURLWithPath: report)) == bytes)
        try Data("edited".utf8).write(to: URL(fileURLWithPath: report))
        _ = try run()
        #expect(try Data(contentsOf: URL(fileURLWithPath: report)) == bytes)
    }

    private func expectIdle(_ outcome: ShogoProgram.Outcome) {
        let lines = outcome.messages.split(separator: "\n")
        for words in ["parse: 0 jobs", "link: nothing new", "describe: 0 jobs", "encode: 0 jobs"] {
            #expect(outcome.messages.contains(words), "\(words) is not in \(outcome.messages)")
        }
        #expect(lines.contains { $0.hasPrefix("index: snapshot") && $0.contains(" as before, 40 rows") }, "\(outcome.messages)")
        #expect(lines.contains { $0.hasPrefix("report: ") && $0.contains("all.csv as before") }, "\(outcome.messages)")
        #expect(!outcome.messages.contains("learn:"), "\(outcome.messages)")
    }

    @Test("A report is written again when its rows, its form or the known pairs are others")
    func reportInputs() throws {
        _ = try run()
        let report = archive.workspace + "/reports/all.csv"
        func write(top: Int, format: String) throws -> (text: String, messages: String) {
            let steps = try archive.pipeline("learn: {when: missing}", "match: {from: images, to: sheets, top: \(top)}", "report: {format: \(format), output: reports/all.csv}")
            let outcome = try ShogoProgram.run("run", steps, "--workspace", archive.workspace)
            return (try String(contentsOfFile: report, encoding: .utf8), outcome.messages)
        }
        let first = try write(top: 3, format: "csv")
        #expect(first.messages.contains("all.csv as before"), "\(first.messages)")
        let shorter = try write(top: 2, format: "csv")
        #expect(shorter.text.split(separator: "\r\n").count == 1 + 30 * 2)
        #expect(try write(top: 2, format: "jsonl").text.hasPrefix("{"))
        #expect(try write(top: 3, format: "csv").text == first.text)
        #expect(!first.text.contains(",csv,"))
        let file = archive.workspace + "/shogo.yaml"
        try String(contentsOfFile: file, encoding: .utf8).replacing("pairs: []", with: "pairs: [\(archive.pairs)]").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try write(top: 3, format: "csv").text.contains(",csv,"))
    }

    @Test("A damaged descriptor is made anew before a model is learned")
    func damagedDescriptor() throws {
        let steps = try archive.pipeline("crawl", "parse", "describe")
        _ = try ShogoProgram.run("run", steps, "--workspace", archive.workspace)
        let folder = archive.workspace + "/descriptors"
        let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }.filter { $0.hasSuffix(".safetensors") }.sorted()
        try #require(files.count == 40)
        for file in [files[0], files[39]] {
            let handle = try #require(FileHandle(forWritingAtPath: folder + "/" + file))
            try handle.truncate(atOffset: 20)
        }
        let outcome = try run()
        #expect(outcome.status == 3 && outcome.messages.contains("2 damaged descriptor files are made anew"), "\(outcome.messages)")
        #expect(try account(outcome)["indexed"] == 40)
    }

    @Test("A run that leaves its report out says so in silence too, and has a code of its own")
    func leftOut() throws {
        let steps = try archive.pipeline("crawl", "parse", "describe", "encode", "index", "match", "report: {output: reports/all.csv}")
        let outcome = try ShogoProgram.run("run", steps, "--workspace", archive.workspace, "--quiet", "--json")
        #expect(outcome.status == 8 && outcome.messages.contains("left out encode, index and reports: there is no model yet"), "\(outcome)")
        #expect(try (outcome.json["leftOut"] as? [String])?.count == 1)
    }

    @Test("A root that vanished, or too many deletions, refuse with 12 and change nothing")
    func deletions() throws {
        _ = try run()
        let before = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").output
        let away = archive.folder.appendingPathComponent("away")
        try FileManager.default.moveItem(at: archive.root, to: away)
        #expect(try run().status == 12)
        try FileManager.default.moveItem(at: away, to: archive.root)
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").output == before)

        for machine in SmallArchive.machines.prefix(5) { try archive.remove("pictures/\(machine)-1.tif") }
        let refused = try run()
        #expect(refused.status == 12)
        #expect(refused.messages.contains("--max-delete"))
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").output == before)
        #expect(try run("--max-delete", "0.5").status == 3)
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["rows"] as? Int == 35)
    }
}
