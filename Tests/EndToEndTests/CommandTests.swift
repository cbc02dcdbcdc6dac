import Foundation
import Testing

@Suite("Commands")
struct CommandTests {
    let archive: SmallArchive

    init() throws {
        archive = try SmallArchive()
        try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path)
    }

    private func index() throws {
        #expect(try ShogoProgram.run("run", try archive.nightly(), "--workspace", archive.workspace, "--quiet").status == 3)
    }

    @Test("Wrong usage and wrong configuration exit with 2 and say what was meant")
    func usage() throws {
        #expect(try ShogoProgram.run("status").status == 2)
        #expect(try ShogoProgram.run("match", "--workspace", archive.workspace, "--from", "images", "--to", "images").status == 2)
        #expect(try ShogoProgram.run("status", "--workspace", "/nonexistent/workspace").status == 2)
        let file = archive.workspace + "/shogo.yaml"
        let yaml = try String(contentsOfFile: file, encoding: .utf8)
        try yaml.replacing("maxDelete", with: "maxDelet").write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try ShogoProgram.run("config", "check", "--workspace", archive.workspace)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("did you mean 'maxDelete'?"), "\(outcome.messages)")
        let steps = try archive.pipeline("crawl", "descrbe")
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        let pipeline = try ShogoProgram.run("run", steps, "--workspace", archive.workspace)
        #expect(pipeline.status == 2)
        #expect(pipeline.messages.contains("did you mean 'describe'?"))
    }

    @Test("Every command has help")
    func help() throws {
        for name in ["init", "run", "ingest", "train", "match", "query", "inspect", "eval", "status", "failures", "retry", "verify", "config"] {
            let outcome = try ShogoProgram.run(name, "--help")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("USAGE: shogo \(name)"))
        }
    }

    @Test("A workspace is never made twice, nor inside its own root")
    func initialise() throws {
        #expect(try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path).status == 2)
        #expect(try ShogoProgram.run("init", archive.root.path + "/inside", "--root", archive.root.path).status == 2)
        #expect(try ShogoProgram.run("init", archive.folder.path + "/other", "--root", "/nonexistent").status == 2)
    }

    @Test("Training on given pairs is measured on those held out, and beats chance")
    func trainAndEvaluate() throws {
        try index()
        let trained = try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs, "--json")
        #expect(trained.status == 0, "\(trained.messages)")
        #expect(try trained.json["pairs"] as? Int == 20)
        #expect(try trained.json["heldOut"] as? Int == 10)
        let again = try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs, "--json")
        #expect(try again.json["model"] as? String == trained.json["model"] as? String)

        try index()
        let figures = try ShogoProgram.run("eval", "--workspace", archive.workspace, "--pairs", archive.pairs, "--json").json
        let forward = figures["imagesToSheets"] as? [String: Any]
        #expect(figures["pairs"] as? Int == 10)
        #expect(forward?["chanceAt5"] as? Double == 0.5)
        #expect((forward?["recallAt1"] as? Double ?? 0) >= 0.6, "\(figures)")
        #expect(try ShogoProgram.run("eval", "--workspace", archive.workspace, "--pairs", "/nonexistent.csv").status == 2)
    }

    @Test("Evaluation names each pair that it cannot measure and why, and tells pairs with a file that training saw from the others")
    func evaluationOfParts() throws {
        // Of the gauge neither file is trained on; of all others the third view is held out.
        let rows = try String(contentsOfFile: archive.pairs, encoding: .utf8).split(separator: "\n").map(String.init)
        let held = rows.map { $0.contains("gauge") ? $0.replacing(",train", with: ",heldout") : $0 }
        let file = archive.folder.appendingPathComponent("held.csv").path
        try (held + ["sheets/none.txt,pictures/pump-1.tif,heldout", "sheets/pump-sheet.txt,old/cut.tif,heldout"]).joined(separator: "\n")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let yaml = archive.workspace + "/shogo.yaml"
        try String(contentsOfFile: yaml, encoding: .utf8).replacing("pairs: []", with: "pairs: [\"\(file)\"]").write(toFile: yaml, atomically: true, encoding: .utf8)
        try index()
        let figures = try ShogoProgram.run("eval", "--workspace", archive.workspace, "--pairs", file, "--json").json
        #expect(figures["pairs"] as? Int == 12)
        #expect((figures["unseen"] as? [String: Any])?["pairs"] as? Int == 3)
        #expect((figures["partlySeen"] as? [String: Any])?["pairs"] as? Int == 9)
        let unmeasured = figures["unmeasured"] as? [[String: Any]] ?? []
        #expect(unmeasured.map { $0["sheet"] as? String } == ["sheets/none.txt", "sheets/pump-sheet.txt"])
        #expect((unmeasured.last?["why"] as? String)?.contains("image") == true)
        let text = try ShogoProgram.run("eval", "--workspace", archive.workspace, "--pairs", file).output
        #expect(text.contains("of 3 pairs training saw neither file") && text.contains("sheets/none.txt  pictures/pump-1.tif"), "\(text)")
    }

    @Test("Pairs given once are known to every later training, whatever leaves the archive for a while and what shogo.yaml names beside them")
    func keptPairs() throws {
        let rows = SmallArchive.machines.flatMap { machine in
            [(1, "heldout"), (3, "train")].map { "sheets/\(machine)-sheet.txt,pictures/\(machine)-\($0.0).tif,\($0.1)\n" }
        }
        func write(_ rows: some Sequence<String>, to path: String) throws {
            try Data(("sheet,image,part\n" + rows.joined()).utf8).write(to: URL(fileURLWithPath: path))
        }
        func known() throws -> [Int?] {
            let answer = try ShogoProgram.run("train", "--dry-run", "--workspace", archive.workspace, "--json").json
            return [answer["pairs"] as? Int, answer["heldOut"] as? Int]
        }
        try write(rows, to: archive.pairs)
        try index()
        #expect(try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs, "--quiet").status == 0)
        try FileManager.default.removeItem(atPath: archive.pairs)
        try archive.move("pictures/pump-3.tif", to: "../aside")
        try index()
        #expect(try known() == [19, 10])
        try archive.move("../aside", to: "pictures/pump-3.tif")
        try write(["sheets/pump-sheet.txt,pictures/fan-3.tif,train\n"], to: archive.workspace + "/other.csv")
        let yaml = try String(contentsOfFile: archive.workspace + "/shogo.yaml", encoding: .utf8)
        try yaml.replacing("pairs: []", with: "pairs: [other.csv]").write(toFile: archive.workspace + "/shogo.yaml", atomically: true, encoding: .utf8)
        try index()
        #expect(try known() == [21, 10])
        try write(rows.prefix(2), to: archive.pairs)
        #expect(try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs, "--quiet").status == 0)
        #expect(try known() == [21, 1], "a file given again replaces what it was: 19 figures, one row of it, one of shogo.yaml")
    }

    @Test("Labels join the pairs, are kept for later trainings, and wrong ones are refused or remarked on")
    func labels() throws {
        func write(_ text: String, to name: String) throws -> String {
            let path = archive.folder.appendingPathComponent(name)
            try Data(text.utf8).write(to: path)
            return path.path
        }
        func train(_ options: String...) throws -> ShogoProgram.Outcome {
            try ShogoProgram.run(arguments: ["train", "--workspace", archive.workspace, "--json"] + options)
        }
        try index()
        let rows = SmallArchive.machines.enumerated().map { "sheets/\($1)-sheet.txt,\($0 % 2 == 0 ? "回転機" : "静止機")\n" }
        let labels = try write("sheet,category\n" + rows.joined() + "sheets/none.txt,x\nsheets/pump-sheet.txt,other\n", to: "labels.csv")
        #expect(try train("--labels", labels, "--dry-run").json["labels"] as? Int == 10)
        let trained = try train("--labels", labels)
        #expect(trained.status == 0, "\(trained.messages)")
        #expect(trained.messages.contains("1 of 12 rows name no readable sheet") && trained.messages.contains("is '回転機' already"))
        let record = try #require(trained.json["training"] as? [String: Any])
        #expect(record["categories"] as? Int == 2)
        try FileManager.default.removeItem(atPath: labels)
        #expect(try train().json["model"] as? String == trained.json["model"] as? String, "the copy is read")
        #expect(try train("--labels", write("sheet,kind\n", to: "wrong.csv")).messages.contains("unknown column 'kind'"))
        #expect(try train("--labels", write("sheet,category\nnone.txt,x\n", to: "wrong.csv")).status == 2)
        #expect(try train("--labels", write("sheet,category\nsheets/fan-sheet.txt,\n", to: "wrong.csv")).messages.contains("wrong.csv:2: a label needs"))
    }

    @Test("An incremental training goes on from the model in use, says what it changed, and leaves a model that it does not better")
    func incremental() throws {
        func train(_ options: String...) throws -> ShogoProgram.Outcome {
            try ShogoProgram.run(arguments: ["train", "--workspace", archive.workspace, "--pairs", archive.pairs] + options)
        }
        let all = try String(contentsOfFile: archive.pairs, encoding: .utf8)
        try index()
        // Nothing is new yet.
        #expect(try train().status == 0)
        let few = try train("--incremental")
        #expect(few.status == 1 && few.messages.contains("0 sheets have an image that is new"), "\(few.messages)")
        // The third pictures, held out until now, are new.
        try all.replacing("heldout", with: "train").write(toFile: archive.pairs, atomically: true, encoding: .utf8)
        let before = try #require(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["model"] as? String)
        let more = try train("--incremental")
        #expect(more.status == 0 && more.output.contains("10 new pairs, 20 older ones"), "\(more)")
        #expect(more.output.contains("old pairs, ") && more.output.contains("new pairs, 4 held back: R@5 "))
        let after = try #require(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["model"] as? String)
        #expect((before == after) == more.output.contains("stays"))
        // Coarse first, fine added later.
        let yaml = try String(contentsOfFile: archive.workspace + "/shogo.yaml", encoding: .utf8)
        try yaml.replacing("grain: coarse", with: "grain: fine").write(toFile: archive.workspace + "/shogo.yaml", atomically: true, encoding: .utf8)
        let finer = try train("--incremental", "--json")
        #expect(finer.status == 0, "\(finer.messages)")
        let figures = try #require(finer.json["increment"] as? [String: Any])
        #expect(figures["freshPairs"] as? Int == (more.output.contains("stays") ? 10 : 0))
        let record = try #require(try train("--json").json["training"] as? [String: Any])
        #expect(record["afterFine"] != nil && record["chosenFineShare"] != nil)
        // A model of before there were trials.
        for name in try FileManager.default.contentsOfDirectory(atPath: archive.workspace + "/models") where name.hasSuffix(".json") {
            let path = archive.workspace + "/models/" + name
            try String(contentsOfFile: path, encoding: .utf8).replacing("\"trial\"", with: "\"other\"")
                .write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try train("--incremental").messages.contains("without --incremental once"))
    }

    @Test("The retrieval benchmark goes from pixels and captions to ranks, the same twice, and says what is wrong in its lists")
    func retrievalBenchmark() throws {
        func write(_ name: String, _ text: String) throws -> String {
            let path = archive.folder.appendingPathComponent(name)
            try Data(text.utf8).write(to: path)
            return path.path
        }
        let names = SmallArchive.machines.flatMap { machine in (1...3).map { "\(machine)-\($0).tif" } }
        let captions = try write("captions.tsv", names.map { "\($0)#0\tthe \($0.dropLast(6)) stands in the hall\n\($0)#1\ta \($0.dropLast(6))\n" }.joined())
        let train = try write("train.txt", names.filter { !$0.hasSuffix("-3.tif") }.joined(separator: "\n"))
        let test = try write("test.txt", names.filter { $0.hasSuffix("-3.tif") }.joined(separator: "\n") + "\n")
        func bench(_ test: String, _ options: String...) throws -> ShogoProgram.Outcome {
            try ShogoProgram.run(
                arguments: ["bench", "retrieval", "--images", archive.root.path + "/pictures", "--captions", captions, "--train", train, "--test", test, "--quiet"]
                    + options)
        }
        let report = try bench(test, "--json").json
        let search = try #require(report["search"] as? [String: Any]), annotation = try #require(report["annotation"] as? [String: Any])
        #expect(report["trained"] as? Int == 20 && report["tested"] as? Int == 10)
        #expect(search["queries"] as? Int == 20 && search["candidates"] as? Int == 10 && annotation["candidates"] as? Int == 20)
        #expect(search["recallAt5"] as? Double ?? 0 > 0.6, "chance is one half: \(report)")
        let again = try bench(test, "--json").json["search"] as? [String: Any]
        #expect(again?["meanReciprocalRank"] as? Double == search["meanReciprocalRank"] as? Double)
        #expect(try bench(test, "--pairs", "8").output.hasPrefix("8 photographs teach, 10 test\n"))
        #expect(try bench(train).messages.contains("is in both lists"))
        #expect(try bench(write("other.txt", "none.jpg\n")).messages.contains("none.jpg has no caption"))
        #expect(try bench(test, "--pairs", "3").status == 2)
    }

    @Test("Pairs with wrong columns, or that fit nothing, are refused with a reason")
    func wrongPairs() throws {
        try index()
        try Data("sheet,imagee\na,b\n".utf8).write(to: URL(fileURLWithPath: archive.pairs))
        #expect(try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs).messages.contains("did you mean 'image'?"))
        try Data("sheet,image\na.txt,b.jpg\n".utf8).write(to: URL(fileURLWithPath: archive.pairs))
        #expect(try ShogoProgram.run("train", "--workspace", archive.workspace, "--pairs", archive.pairs).status == 2)
    }

    @Test("Reports come as CSV, as CSV for Excel and as JSON Lines")
    func match() throws {
        try index()
        let output = archive.folder.path + "/out/report.csv"
        let outcome = try ShogoProgram.run(
            "match", "--workspace", archive.workspace, "--from", "images", "--to", "sheets", "--top", "5", "--format", "csv", "--output", output)
        #expect(outcome.status == 0)
        #expect(try String(contentsOfFile: output, encoding: .utf8).split(separator: "\r\n").count == 1 + 30 * 5)
        let excel = try ShogoProgram.run("match", "--workspace", archive.workspace, "--profile", "excel")
        #expect(excel.output.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
        let lines = try ShogoProgram.run("match", "--workspace", archive.workspace, "--from", "sheets", "--to", "images", "--json").output
        #expect(lines.split(separator: "\n").count == 10 * 5)
    }

    @Test("A query finds the sheet of a picture that is not in the archive")
    func query() throws {
        try index()
        let file = archive.folder.appendingPathComponent("found.tif")
        try Data(SmallArchive.picture(machine: 4, view: 2)).write(to: file)
        let outcome = try ShogoProgram.run("query", file.path, "--workspace", archive.workspace, "--top", "1")
        #expect(outcome.output.contains("sheets/lathe-sheet.txt"), "\(outcome)")
        #expect(try ShogoProgram.run("query", archive.root.path + "/old/empty.tif", "--workspace", archive.workspace).status == 1)
        // A file of the archive has the scores that the report gives it.
        for (from, name) in [("images", "/pictures/pump-1.tif"), ("sheets", "/sheets/lathe-sheet.txt")] {
            let report = try ShogoProgram.run(
                "match", "--workspace", archive.workspace, "--from", from, "--to", from == "images" ? "sheets" : "images", "--top", "4", "--json")
            let rows = try ShogoProgram.run("query", archive.root.path + name, "--workspace", archive.workspace, "--top", "4", "--json")
            func answers(_ output: String) throws -> [String] {
                try output.split(separator: "\n").compactMap { line in
                    let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                    guard (row?["query_path"] as? String)?.hasSuffix(name.dropFirst()) == true else { return nil }
                    return "\(row?["rank"] ?? "") \(row?["score"] ?? "") \(row?["candidate_digest"] ?? "")"
                }
            }
            #expect(try answers(report.output).count == 4 && answers(report.output) == answers(rows.output))
        }
    }

    @Test("Inspect shows what is read in a file, or why nothing is")
    func inspect() throws {
        let sheet = try ShogoProgram.run("inspect", archive.root.path + "/sheets/pump-sheet.txt", "--json")
        #expect(sheet.status == 0)
        #expect((try sheet.json["sheet"] as? [String: Any])?["title"] as? String == "Maintenance of the pump")
        #expect(try ShogoProgram.run("inspect", archive.root.path + "/pictures/pump-1.tif").output.contains("96 x 96"))
        let empty = try ShogoProgram.run("inspect", archive.root.path + "/old/empty.tif")
        #expect(empty.status == 1)
        #expect(empty.output.contains("empty-file"))
        #expect(try ShogoProgram.run("inspect", "/nonexistent").status == 2)
    }

    @Test("Ingest takes a new directory in and leaves the rest alone")
    func ingest() throws {
        try index()
        let other = archive.folder.appendingPathComponent("other share")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try Data(SmallArchive.picture(machine: 55, view: 1)).write(to: other.appendingPathComponent("x.tif"))
        try archive.write("pictures/later.tif", SmallArchive.picture(machine: 56, view: 1))
        let outcome = try ShogoProgram.run("ingest", other.path, "--workspace", archive.workspace, "--json")
        #expect(outcome.status == 3, "\(outcome.messages)")
        #expect((try outcome.json["account"] as? [String: Int])?["indexed"] == 1)
        #expect(try ShogoProgram.run("ingest", archive.root.path + "/pictures", "--workspace", archive.workspace, "--quiet").status == 3)
        let status = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json
        #expect(status["rows"] as? Int == 42)
        #expect((status["roots"] as? [String])?.count == 2)
    }

    @Test("Verify finds a flipped bit anywhere in the index, the model, the codes and the descriptors")
    func verify() throws {
        try index()
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
        for folder in ["index/shards", "models", "codes", "descriptors"] {
            let names = FileManager.default.enumerator(atPath: archive.workspace + "/" + folder)?.compactMap { $0 as? String } ?? []
            let name = try #require(names.filter { $0.hasSuffix(".safetensors") }.min())
            let path = archive.workspace + "/" + folder + "/" + name
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            var broken = whole
            broken[broken.count - 3] ^= 1
            try broken.write(to: URL(fileURLWithPath: path))
            let outcome = try ShogoProgram.run("verify", "--workspace", archive.workspace)
            #expect(outcome.status == 7, "\(folder): \(outcome.output)")
            try whole.write(to: URL(fileURLWithPath: path))
        }
    }

    @Test("What verify names can be deleted: the next run makes the same again", arguments: ["index/shards", "index/snapshots", "index/CURRENT", "models", "codes", "descriptors"])
    func heal(part: String) throws {
        try index()
        let before = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["snapshot"] as? String
        try FileManager.default.removeItem(atPath: archive.workspace + "/" + part)
        try index()
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["snapshot"] as? String == before)
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
    }

    @Test("Code files that are damaged do not stop publishing: the same run makes them again")
    func healCodes() throws {
        let undisturbed = try SmallArchive()
        #expect(try ShogoProgram.run("init", undisturbed.workspace, "--root", undisturbed.root.path).status == 0)
        func run(_ archive: SmallArchive) throws -> ShogoProgram.Outcome {
            try ShogoProgram.run("run", archive.nightly(), "--workspace", archive.workspace, "--workers", "2", "--json")
        }
        for archive in [archive, undisturbed] { #expect(try run(archive).status == 3) }
        let folder = archive.workspace + "/codes"
        let paths = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }.filter { $0.hasSuffix(".safetensors") }.sorted()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + paths[0]))
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: URL(fileURLWithPath: folder + "/" + paths[0]))
        truncate(folder + "/" + paths[1], 100)
        try FileManager.default.removeItem(atPath: folder + "/" + paths[2])
        for archive in [archive, undisturbed] { try archive.write("pictures/new.tif", SmallArchive.picture(machine: 77, view: 1)) }
        let (healed, expected) = (try run(archive), try run(undisturbed))
        #expect(healed.status == 3 && expected.status == 3, "\(healed.messages)")
        #expect(healed.messages.contains("2 damaged code files are made anew"), "\(healed.messages)")
        #expect(try healed.json["snapshot"] as? String == expected.json["snapshot"] as? String)
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
    }

    @Test("A catalog that is none, and files that are lost behind a CURRENT, are damage to every command")
    func damage() throws {
        try index()
        let files = FileManager.default
        for part in ["index/shards", "index/snapshots"] {
            let (path, aside) = (archive.workspace + "/" + part, archive.workspace + "/aside")
            try files.moveItem(atPath: path, toPath: aside)
            let outcome = try ShogoProgram.run("match", "--workspace", archive.workspace)
            #expect(outcome.status == 7 && outcome.messages.contains("CURRENT names it"), "\(outcome.messages)")
            try files.moveItem(atPath: aside, toPath: path)
        }
        for name in try files.contentsOfDirectory(atPath: archive.workspace + "/models") where name.hasSuffix(".safetensors") {
            try files.removeItem(atPath: archive.workspace + "/models/" + name)
        }
        #expect(try ShogoProgram.run("query", archive.root.path + "/pictures/pump-1.tif", "--workspace", archive.workspace).status == 7)
        for suffix in ["-wal", "-shm"] where files.fileExists(atPath: archive.workspace + "/catalog.sqlite" + suffix) {
            try files.removeItem(atPath: archive.workspace + "/catalog.sqlite" + suffix)
        }
        try Data(repeating: 0x55, count: 8_192).write(to: URL(fileURLWithPath: archive.workspace + "/catalog.sqlite"))
        let outcome = try ShogoProgram.run("status", "--workspace", archive.workspace)
        #expect(outcome.status == 7 && outcome.messages.contains("catalog.sqlite is damaged"), "\(outcome.messages)")
    }

    @Test("What a run beside verify is just writing is not damage")
    func verifyBesideRun() throws {
        try index()
        let folder = archive.workspace + "/codes/x"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(fileURLWithPath: folder + "/.shogo-tmp-1-x.safetensors"))
        try FileManager.default.createSymbolicLink(atPath: folder + "/gone.safetensors", withDestinationPath: "nowhere")
        #expect(try ShogoProgram.run("verify", "--workspace", archive.workspace).status == 0)
    }

    @Test("Failed files are read again after retry, once they are put right")
    func retry() throws {
        try index()
        #expect(try ShogoProgram.run("retry", "--workspace", archive.workspace, "--reason", "truncated").output.hasPrefix("1 contents"))
        let outcome = try ShogoProgram.run("run", try archive.nightly(), "--workspace", archive.workspace)
        #expect(outcome.messages.contains("parse: 1 contents"), "\(outcome.messages)")
        #expect(try ShogoProgram.run("retry", "--workspace", archive.workspace, "--reason", "trunkated").status == 2)
    }

    @Test("A second run at the same time is refused with 11")
    func lock() throws {
        let (process, output, messages) = try ShogoProgram.start(["run", try archive.nightly(), "--workspace", archive.workspace, "--quiet"])
        while process.isRunning, ShogoProgram.children(of: process.processIdentifier).isEmpty { usleep(1_000) }
        kill(process.processIdentifier, SIGSTOP)
        let refused = try ShogoProgram.run("train", "--workspace", archive.workspace)
        kill(process.processIdentifier, SIGCONT)
        _ = (output.fileHandleForReading.readDataToEndOfFile(), messages.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        #expect(refused.status == 11)
        #expect(refused.messages.contains("process \(process.processIdentifier)"), "\(refused.messages)")
    }

    @Test("A file that a limit refused is read again once the limit is raised")
    func limits() throws {
        let file = archive.workspace + "/shogo.yaml"
        let yaml = try String(contentsOfFile: file, encoding: .utf8)
        try yaml.replacing("maxPixels: 500000000", with: "maxPixels: 9000").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try ShogoProgram.run("run", try archive.nightly(), "--workspace", archive.workspace, "--quiet").status == 8, "without pictures no model")
        #expect(try ShogoProgram.run("failures", "--workspace", archive.workspace, "--json").output.contains("too-large"))
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        try index()
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["rows"] as? Int == 40)
    }
}
