import Documents
import Testing

@Suite("DITA topics")
struct DITATests {
    private static let task = """
        <?xml version="1.0"?><!DOCTYPE task PUBLIC "-//OASIS//DTD DITA Task//EN" "task.dtd">
        <task id="t" xml:lang="ja"><title>Replace the <b>pump</b></title><shortdesc>Every year.</shortdesc>
        <prolog><author>Nobody</author></prolog><taskbody>
        <context><note type="caution">Hot. <image href="hot.png"/></note><p>Use P/N 123-456.</p></context>
        <steps><step><cmd>Close valve AB-1234.</cmd><info>Turn it
          right.</info></step>
        <step><cmd>Remove the bolts.</cmd><info><fig><title>Bolts</title><image href="../img/bolt%20a.jpg"/></fig></info>
        <substeps><substep><cmd>Loosen M8x25.</cmd></substep></substeps></step></steps>
        <postreq><ul><li><p>Test it.</p></li></ul><table><tgroup><tbody><row><entry>Torque</entry><entry>25 Nm</entry></row></tbody></tgroup></table>
        <image keyref="seal"/></postreq></taskbody></task>
        """

    @Test("A task becomes fragments in reading order")
    func fragments() throws {
        let sheet = try sheet(Self.task, name: "t.dita")
        #expect(sheet.format == .dita)
        #expect(sheet.title == "Replace the pump")
        #expect(sheet.language == "ja")
        #expect(sheet.fragments.map { "\($0.kind): \($0.text)" } == [
            "title: Replace the pump", "paragraph: Every year.", "warning: Hot.", "paragraph: Use P/N 123-456.",
            "step: Close valve AB-1234. Turn it right.", "step: Remove the bolts.", "caption: Bolts", "step: Loosen M8x25.",
            "listItem: Test it.", "row: Torque 25 Nm",
        ])
    }

    @Test("Figures come from references and keys, percent-decoded")
    func figures() throws {
        #expect(try sheet(Self.task).figures.map(\.target) == ["hot.png", "../img/bolt a.jpg", "seal"])
    }

    @Test("Identifiers are taken once, as written")
    func identifiers() throws {
        #expect(try sheet(Self.task).identifiers == ["123-456", "AB-1234", "M8x25"])
    }

    @Test("Every place is an XPath that finds its element")
    func places() throws {
        let sheet = try sheet(Self.task)
        #expect(sheet.fragments[4].place == .xpath("/task[1]/taskbody[1]/steps[1]/step[1]"))
        for fragment in sheet.fragments {
            let found = text(at: try #require(fragment.place.xpath), in: Self.task)
            #expect(found?.contains(fragment.text.prefix(4)) ?? false, "\(fragment.place.display)")
        }
        for figure in sheet.figures { #expect(text(at: try #require(figure.place.xpath), in: Self.task) != nil) }
    }
}
