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
        #expect(try sheet(Self.task).figures.map(\.isKey) == [false, false, true])
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

    @Test("What stands in another topic leaves a mark and its target")
    func borrowed() throws {
        let sheet = try sheet("""
            <task id="t"><title>Start <ph conkeyref="names/product"/> now</title><taskbody><steps>
            <step conref="common.dita#c/first"><cmd/></step><step id="s2"><cmd>Press <keyword keyref="button"/> in <term keyref="x">own</term>.</cmd></step>
            </steps></taskbody></task>
            """)
        #expect(sheet.fragments.map(\.text) == ["Start \u{FFFC} now", "\u{FFFC}", "Press \u{FFFC} in own."])
        #expect(sheet.fragments.map(\.kind) == [.title, .step, .step])
        #expect(sheet.fragments.flatMap(\.borrowed) == [
            BorrowedText(target: "names/product", isKey: true), BorrowedText(target: "common.dita#c/first", isKey: false),
            BorrowedText(target: "button", isKey: true),
        ])
        #expect(sheet.anchors.map(\.name) == ["t/s2"])
        #expect(sheet.anchors.first?.text == "Press \u{FFFC} in own.")
    }

    @Test("A mark that a topic itself holds is no mark")
    func ownMark() throws {
        let sheet = try sheet("<task id='t'><title>A\u{FFFC}B</title></task>")
        #expect(sheet.fragments.map(\.text) == ["AB"])
    }

    @Test("A map gives its keys with targets and words")
    func map() throws {
        let map = try companion("""
            <map><title>Manual</title><keydef keys="seal gasket" href="img/seal%20a.png"/><topicref keys="start" href="start.dita">
            <keydef keys="product"><topicmeta><keywords><keyword>Pump <ph>X</ph></keyword></keywords></topicmeta></keydef></topicref>
            <topicgroup keyscope="eu"><keydef keys="v" href="v.dita"/></topicgroup><keydef keys="nothing"/></map>
            """)
        #expect(map.kind == .ditaMap && map.title == "Manual")
        #expect(map.keys == [
            KeyDefinition(name: "seal", target: "img/seal a.png", text: nil), KeyDefinition(name: "gasket", target: "img/seal a.png", text: nil),
            KeyDefinition(name: "start", target: "start.dita", text: nil), KeyDefinition(name: "product", target: nil, text: "Pump X"),
            KeyDefinition(name: "eu.v", target: "v.dita", text: nil),
        ])
    }
}
