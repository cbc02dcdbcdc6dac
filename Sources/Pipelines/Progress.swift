import Foundation
import Glibc

/// Tells people on standard error how a run goes: one moving line on a terminal, plain lines in a log.
public final class Progress {
    private let isTerminal: Bool
    private let quiet: Bool
    private var stage = ""
    private var started = Date.now
    /// When the work began that an estimate goes by.
    private var phaseStarted = Date.now
    private var lastShown = Date.distantPast
    private var lineIsOpen = false

    public init(quiet: Bool) {
        self.quiet = quiet
        isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Says one line.
    public func say(_ line: String) {
        if !quiet { warn(line) }
    }

    /// Says one line whatever the verbosity.
    public func warn(_ line: String) {
        closeLine()
        StandardError.say("\(line)")
    }

    /// Starts a stage with a known amount of work.
    public func begin(_ stage: String, total: Int) {
        self.stage = stage
        started = .now
        phaseStarted = .now
        lastShown = isTerminal ? .distantPast : .now
        update(done: 0, total: total)
    }

    /// Starts a part of a stage that counts its work by itself, so that the time left is told from this part alone.
    public func beginPhase() { phaseStarted = .now }

    /// Shows how far the stage is; at most five times a second on a terminal, once a minute in a log.
    public func update(done: Int, total: Int, note: String = "") {
        guard !quiet, Date.now.timeIntervalSince(lastShown) >= (isTerminal ? 0.2 : 60) else { return }
        lastShown = .now
        let seconds = Date.now.timeIntervalSince(phaseStarted)
        var text = total > 0 ? "\(stage) \(done)/\(total)" : "\(stage) ..."
        if done > 0, done < total, seconds > 1 {
            text += ", about \(Self.duration(seconds / Double(done) * Double(total - done))) left"
        }
        if !note.isEmpty { text += ", \(note)" }
        if isTerminal {
            StandardError.show("\(text)")
            lineIsOpen = true
        } else {
            StandardError.say("\(text)")
        }
    }

    /// Ends a stage with its result.
    public func end(_ result: String) {
        guard !quiet else { return }
        closeLine()
        StandardError.say("\(stage): \(result), \(Self.duration(Date.now.timeIntervalSince(started)))")
    }

    private func closeLine() {
        if lineIsOpen { StandardError.show("") }
        lineIsOpen = false
    }

    static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        return switch whole {
        case ..<1: "under 1 s"
        case ..<120: "\(whole) s"
        case ..<7_200: "\(whole / 60) min"
        default: "\(whole / 3_600) h \(whole % 3_600 / 60) min"
        }
    }
}
