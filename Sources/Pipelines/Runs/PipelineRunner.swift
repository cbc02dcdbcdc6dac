import CorrelationLearning
import Documents
import Foundation
import Indexing
import Queueing
import Recognising
import Reporting
import Storage
public import SystemPackage

/// Runs the steps of a pipeline in order, in a workspace that it locks.
///
/// Every step starts from what is on disk, so a run that was killed anywhere goes on where it was when it is started again.
public struct PipelineRunner {
    private let archive: OpenWorkspace
    private let options: RunOptions
    private let progress: Progress
    private let lock: WorkspaceLock
    private var result: RunResult
    private let before: Snapshot?
    private var modelDigest: String?
    private var recognition: String?
    private var request: (from: Modality, top: Int)?
    /// Without a model the steps after `learn` have nothing to do.
    private var skipsRest = false

    /// Locks the workspace; throws with `lockHeld` when another run has it.
    public init(_ workspace: Workspace, options: RunOptions, progress: Progress) throws {
        self.options = options
        self.progress = progress
        lock = try WorkspaceLock(workspace)
        archive = try OpenWorkspace(workspace)
        if !options.dryRun {
            // Workers write there; where the last run had none, or none is known of, nothing is left of them.
            try TemporaryFiles.sweep(workspace, all: archive.catalog.memo(Self.lastRun) != Self.idle)
            try archive.catalog.setMemo(Self.lastRun, nil)
        }
        var remarks: [String] = []
        before = try workspace.index.openUsable { remarks.append($0) }
        modelDigest = try ModelFolder(workspace: workspace).usableDigest { remarks.append($0) }
        for remark in remarks { progress.say(remark) }
        result = RunResult(
            account: RunAccount(), jobs: 0, reports: [], remarks: remarks, leftOut: [], unreadableFolders: 0, dryRun: options.dryRun)
    }

    /// Runs all steps; `folder` narrows the crawl to one directory of the archive.
    public mutating func run(_ pipeline: Pipeline, only folder: FilePath? = nil) async throws -> RunResult {
        for step in pipeline.steps where !(skipsRest && step.needsModel) { try await run(step, only: folder) }
        let snapshot = try archive.workspace.index.openUsable { _ in }
        if pipeline.steps.contains(where: { if case .crawl = $0 { true } else { false } }), !options.dryRun {
            let forgotten = try ForgetStage(archive: archive).run { snapshot?.contents ?? [] }
            if forgotten > 0 { note("forgot \(forgotten) contents that no file has had for \(archive.configuration.keepGone) days") }
        }
        result.snapshot = snapshot?.digest.hex
        result.model = modelDigest
        result.account = try account(now: snapshot)
        if !options.dryRun, result.jobs == 0 { try archive.catalog.setMemo(Self.lastRun, Self.idle) }
        return result
    }

    private static let lastRun = "last run", idle = "without jobs"

    /// The sum over all files: the last one while nothing has changed.
    private func account(now: Snapshot?) throws -> RunAccount {
        let memo = StepMemo(archive.catalog, "account", for: [try archive.catalog.revision(of: .archive), now?.digest.hex ?? ""])
        if before?.digest == now?.digest, let account = try memo.outcome().flatMap(RunAccount.init(json:)) { return account }
        let account = try RunAccount(archive.catalog, before: before?.contents ?? [], now: now?.contents ?? [])
        if !options.dryRun { try memo.note(account.ofNextRun.json) }
        return account
    }

    private mutating func run(_ step: Pipeline.Step, only folder: FilePath?) async throws {
        switch step {
        case .crawl:
            progress.begin("crawl", total: 0)
            let watch = CrawlWatch(progress: progress)
            defer { watch.end() }
            let stage = CrawlStage(archive: archive, maxDelete: options.maxDelete ?? archive.configuration.maxDelete, watch: watch.see)
            let summary = try stage.run(only: folder, dryRun: options.dryRun)
            progress.end(summary.line)
            for remark in summary.remarks { note(remark) }
            result.unreadableFolders += summary.unreadableFolders
        case .parse:
            let encodings = archive.configuration.encodings
            if !options.dryRun { try archive.catalog.noteEncodings(encodings.record, folders: encodings.folders.map(\.folder)) }
            for folder in encodings.folders.map(\.folder) where try !folder.isEmpty && !archive.catalog.hasFiles(below: folder) {
                note("parse.encodings: no file lies below '\(folder)'; folders are named as below a root, all of them by '/'")
            }
            try await work(.parse)
            try await decideEncodings()
            try link()
        case .recognise(let minutes): try await recognise(minutes: minutes)
        case .describe: try await work(.describe)
        case .learn(let when): try await learn(when)
        case .encode:
            guard modelDigest != nil else { return skipRest("encode, index and reports: there is no model yet") }
            try await work(.encode)
        case .index: try await index()
        case .match(let from, let top): request = (from, top)
        case .report(let report): try write(report)
        }
    }

    /// Reads the text of pages, where this build and this machine can; elsewhere the run goes on without.
    private mutating func recognise(minutes: Int?) async throws {
        let languages = archive.configuration.languages
        guard !languages.isEmpty else { return }
        do throws(RecognitionError) {
            let recogniser = try TextRecogniser(languages: languages)
            recognition = recogniser.fingerprint
        } catch {
            return leaveOut("recognise: \(error)")
        }
        try await work(.recognise, minutes: minutes)
    }

    private mutating func work(_ stage: Job.Stage, minutes: Int? = nil) async throws {
        let missing = try ContentStages(archive: archive, recognition: recognition, notes: !options.dryRun).missing(stage, model: stage == .encode ? modelDigest : nil)
        progress.begin(stage.rawValue, total: missing.count)
        guard !options.dryRun else { return progress.end("would do \(missing.count) contents") }
        var version = archive.configuration.parsingVersion
        version.recognition = recognition
        try archive.catalog.plan(stage, missing, version)
        result.jobs += try archive.catalog.jobCounts().waiting
        if !missing.isEmpty {
            let pool = WorkerPool(
                workspace: archive.workspace, catalog: archive.catalog, stage: stage, executable: options.executable, count: options.workers,
                version: version, deadline: minutes.map { Date(timeIntervalSinceNow: Double(60 * $0)) })
            try await pool.run { counts in progress.update(done: counts.contentsDone, total: counts.contents) }
        }
        let done = missing.isEmpty ? 0 : try archive.catalog.jobCounts().contentsDone
        let left = missing.count - done
        progress.end(missing.isEmpty ? "0 jobs, nothing new" : left > 0 && minutes != nil ? "\(done) contents, \(left) left for the next run" : "\(missing.count) contents")
    }

    /// Reads texts in the encodings that they have by their folders, where that is another one than they seemed to have alone. What they say
    /// about it does not change by that: there is no third time.
    private mutating func decideEncodings() async throws {
        guard !options.dryRun, try StepMemo(archive.catalog, "encodings", for: [archive.catalog.revision(of: .archive)]).outcome() == nil else { return }
        let changed = try EncodingStage(archive: archive).run()
        if changed > 0 {
            progress.say("\(changed) texts are read in the encodings of their folders")
            try await work(.parse)
            _ = try EncodingStage(archive: archive).run()
        }
        try StepMemo(archive.catalog, "encodings", for: [archive.catalog.revision(of: .archive)]).note("")
    }

    /// Follows what files say about each other: after each parse, because any file may complete another.
    private mutating func link() throws {
        guard !options.dryRun else { return }
        progress.begin("link", total: 0)
        guard try StepMemo(archive.catalog, "link", for: [archive.catalog.revision(of: .archive)]).outcome() == nil else { return progress.end("nothing new") }
        let summary = try LinkStage(archive: archive).run()
        // Following changes what is read in files; what it changed needs no following.
        try StepMemo(archive.catalog, "link", for: [archive.catalog.revision(of: .archive)]).note("")
        progress.end(summary.line)
    }

    private mutating func learn(_ when: Pipeline.LearnWhen) async throws {
        guard !options.dryRun else { return }
        let training = Training(archive: archive, progress: progress)
        if when == .missing, let known = try training.memo().outcome().flatMap(LearnOutcome.init(text:)), modelDigest != nil || known.failure != nil {
            for remark in known.remarks { note(remark) }
            if modelDigest == nil, let failure = known.failure { leaveOut("learn: \(failure)") }
            return
        }
        let supervision = try training.supervision()
        for remark in supervision.remarks { note(remark) }
        var outcome = LearnOutcome(remarks: supervision.remarks)
        if when == .always || modelDigest == nil {
            do {
                modelDigest = try await train(training, supervision)
            } catch let error as TrainingError {
                outcome.failure = "\(error)"
                leaveOut("learn: \(error)")
            }
        }
        try training.memo().note(outcome.text)
    }

    /// Trains; when descriptors are damaged, they are made anew once.
    private mutating func train(_ training: Training, _ supervision: Supervision) async throws -> String {
        do { return try training.train(supervision).model } catch let error as StorageError where error.isDamage {
            guard case let count = try LearnStage.removeDamagedDescriptors(archive), count > 0 else { throw error }
            note("\(count) damaged descriptor files are made anew, the first for this reason: \(error)")
            try await work(.describe)
            return try training.train(supervision).model
        }
    }

    private mutating func index() async throws {
        guard !options.dryRun, let digest = modelDigest else { return }
        progress.begin("index", total: 0)
        let stage = IndexStage(archive: archive)
        if let manifest = try stage.unchanged(model: digest) {
            return progress.end("snapshot \(manifest.digest.hex.prefix(12)) as before, \(manifest.rows()) rows")
        }
        let model = try ModelFolder(workspace: archive.workspace).load(digest)
        let (dimension, score, neighbours) = (model.codeDimension, model.blockScore, model.neighbours)
        var manifest: SnapshotManifest
        do {
            manifest = try stage.run(model: digest, dimension: dimension, score: score, neighbours: neighbours)
        } catch let error as StorageError where error.isDamage {
            guard case let count = try stage.removeDamagedCodes(model: digest), count > 0 else { throw error }
            note("\(count) damaged code files are made anew, the first for this reason: \(error)")
            try await work(.encode)
            manifest = try stage.run(model: digest, dimension: dimension, score: score, neighbours: neighbours)
        }
        progress.end("snapshot \(manifest.digest.hex.prefix(12)), \(manifest.rows()) rows")
    }

    private mutating func write(_ report: Pipeline.ReportStep) throws {
        guard !options.dryRun, let request else { return }
        let output = archive.workspace.path.pushing(report.output).lexicallyNormalized()
        progress.begin("report", total: 0)
        guard let snapshot = try archive.workspace.index.currentDigest() else { return skipRest("report \(output): there is no snapshot yet") }
        let memo = StepMemo(
            archive.catalog, "report \(report.output)",
            for: [try archive.catalog.revision(of: .archive), try archive.catalog.revision(of: .pairs), snapshot.hex, request.from.rawValue, "\(request.top)", report.format.rawValue, report.profile.rawValue])
        // What lies there is what was written, as far as its size and times tell.
        if let stamp = WholeFile.stamp(output), try memo.outcome() == stamp {
            result.reports.append(output.string)
            return progress.end("\(output) as before")
        }
        guard let rows = try Matcher(archive: archive).write(from: request.from, top: request.top, format: report.format, profile: report.profile, to: output) else {
            return skipRest("report \(output): there is no snapshot yet")
        }
        if let stamp = WholeFile.stamp(output) { try memo.note(stamp) }
        result.reports.append(output.string)
        progress.end("\(rows) rows in \(output)")
    }

    private mutating func skipRest(_ what: String) {
        leaveOut(what)
        skipsRest = true
    }

    /// A step that is not done is said whatever the verbosity: the files of an earlier run look as if it had been.
    private mutating func leaveOut(_ what: String) {
        guard !options.dryRun else { return note("would leave out \(what)") }
        result.leftOut.append(what)
        progress.warn("left out \(what)")
    }

    private mutating func note(_ remark: String) {
        result.remarks.append(remark)
        progress.say(remark)
    }
}
