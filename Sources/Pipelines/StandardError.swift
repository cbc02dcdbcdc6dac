import Glibc

/// Where lines for people go.
public enum StandardError {
    /// Writes a line. When nobody can take it (disk full, pipe closed) the work goes on without words.
    public static func say(_ line: TerminalText) { write(line.text + "\n") }

    /// Writes over the last line of a terminal, and stays in it.
    static func show(_ line: TerminalText) { write("\r\u{1B}[K" + line.text) }

    private static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(written, 0))
        }
    }
}
