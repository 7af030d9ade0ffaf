import Testing

@testable import Mail

@Suite("Encoded words")
struct EncodedWordTests {
    @Test(
        "as they are found",
        arguments: [
            ("=?utf-8?Q?Pris_p=C3=A5_l=C3=B8sning?=", "Pris på løsning"),
            ("=?ISO-8859-1?q?Tilbud_p=E5_drift?=", "Tilbud på drift"), ("=?windows-1252?Q?10_=80?=", "10 €"),
            ("=?utf-8*da?Q?p=C3=A5?=", "på"), ("=?utf-8?B?UHJpcyBww6U=?=", "Pris på"),
            ("=?utf-8?B?UHJpcyBww6U?=", "Pris på"), ("=?utf-8?Q?p=C3?= =?utf-8?Q?=A5?=", "på"),
            ("=?utf-8?B?cMM=?=\t=?utf-8?B?pQ==?=", "på"), ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
            ("VS: =?utf-8?Q?=C3=98l?=", "VS: Øl"), ("=?utf-8?Q?a=?=", "a="), ("=?utf-8?Q?=ZZ?=", "=ZZ"),
            ("=?utf-8?X?a?=", "=?utf-8?X?a?="), ("=?utf-8?Q?a", "=?utf-8?Q?a"), ("=?=", "=?="), ("a = b", "a = b"),
            ("=?iso-8859-1?Q?p=C3=A5?=", "på"), ("=?utf-8?Q?p=E5?=", "på"), ("=?koi8-r?B?0NLJ18XU?=", "привет"),
            ("=?utf-8?Q?Hvad_koster_det??=", "Hvad koster det?"), ("=?utf-8?Q?Er_1?=3D1_=C3=B8re?=", "Er 1?=1 øre"),
            ("=?utf-8?Q?a?=12", "a12"), ("=?utf-8?B?UHJp*cyBww6U=?=", "Pris på"),
            ("=?utf-8?B?UHJpcyBww6U=A?=", "Pris på"),
            ("=?utf-8?Q?Pris på=C3=B8?=", "Pris påø"), ("\"=?utf-8?Q?p=C3=A5?=\"", "\"på\""), ("=?utf-8?Q??=", ""),
        ])
    func decodes(_ raw: String, _ text: String) {
        #expect(EncodedWord.decode(Array(raw.utf8)) == text)
    }

    @Test(
        "a name that is encoded in part has the spaces that it was written with",
        arguments: [
            ("Karen =?utf-8?Q?B=C3=A6k?= <kb@x.example>", "Karen Bæk"),
            ("=?utf-8?Q?S=C3=B8ren?= Holm <kb@x.example>", "Søren Holm"),
            ("=?utf-8?Q?S=C3=B8ren?=\n =?utf-8?Q?_B=C3=A6k?= Holm <kb@x.example>", "Søren Bæk Holm"),
            ("Karen\n =?iso-8859-1?Q?B=E6k?=<kb@x.example>", "Karen Bæk"),
            ("\"=?utf-8?Q?B=C3=A6k=2C_Karen?=\" <kb@x.example>", "Bæk, Karen"),
        ])
    func spaces(_ from: String, _ name: String) throws {
        let read = try letter("From: \(from)\nSubject: Pris\n\nHej")
        #expect(read.original.from == Mailbox(name: name, address: "kb@x.example"))
    }

    @Test("what stands in the words is at most as long as the header", arguments: [1, 100, 4000])
    func sizes(_ count: Int) {
        let words = String(repeating: "=?utf-8?Q?=C3=A5?= ", count: count)
        #expect(EncodedWord.decode(Array(words.utf8)).utf8.count == 2 * count + 1)
    }
}
