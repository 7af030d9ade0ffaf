/// What the names of charsets mean that mail carries (WHATWG Encoding Standard section 4.2; IANA character sets).
enum CharsetNames {
    /// How octets under a label are read.
    enum Meaning: Equatable {
        /// Nothing is said, or something that no octet can be told by; what it is shows in the octets.
        case unknown
        case utf8
        /// Windows-1252, which mail labelled ISO 8859-1 is written in too.
        case western
        /// One octet a character, read by the charset of that name of iconv(3).
        case single(String)
        /// Several octets a character; where the octets fit the label it is believed.
        case several(String)
        /// Octets below 0x80 that are not ASCII: escapes, or letters in the place of brackets.
        case sevenBit(String)
        case utf16(String)
    }

    /// What a label means, in any case, with quotation marks, spaces or a language around it.
    static func meaning(_ label: String?) -> Meaning {
        guard let name = label.map(plain) else { return .unknown }
        if let known = table[name] { return known }
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            return .unknown
        }
        if name.hasPrefix("iso-2022-") { return .sevenBit(name) }
        return Transcoder.knows(name) ? .single(name) : .unknown
    }

    /// Whether a label says something that is not understood.
    static func isStrange(_ label: String) -> Bool {
        let name = plain(label)
        return !name.isEmpty && table[name] == nil && meaning(label) == .unknown
    }

    private static func plain(_ label: String) -> String {
        let octets = label.utf8.prefix(64).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }[...]
        return octets.trimming("\"'`;,").prefix { $0 != UInt8(ascii: "*") }.trimmingSpaces.string
    }

    private static let table: [String: Meaning] = {
        var table: [String: Meaning] = [:]
        for (meaning, names) in rows {
            for name in names.split(separator: " ") { table[String(name)] = meaning }
        }
        return table
    }()

    /// A new name is a word here; names of iconv(3) with one octet a character need none.
    private static let rows: [(Meaning, String)] = [
        (
            .unknown,
            "us-ascii ascii ansi_x3.4-1968 iso646-us unknown-8bit x-unknown unknown x-user-defined default none 8bit binary"
        ),
        (
            .utf8,
            "utf-8 utf8 utf-8-sig x-utf-8 utf8mb4 utf_8 unicode-1-1-utf-8 unicode-2-0-utf-8 csutf8 cp65001 x-unicode20utf8"
        ),
        (
            .western,
            "iso-8859-1 iso8859-1 iso_8859-1 iso8859_1 iso88591 iso_8859-1:1987 iso-ir-100 latin1 latin-1 l1 cp819 ibm819 windows-1252 windows1252 cp1252 cp-1252 x-cp1252 x-windows-1252 win-1252 ansi x-ansi"
        ),
        // Supersets that mail under the label is written in.
        (.single("WINDOWS-1254"), "iso-8859-9 latin5 windows-1254 x-cp1254"),
        (.single("WINDOWS-874"), "iso-8859-11 tis-620 windows-874 dos-874"),
        (.single("ISO-8859-8"), "iso-8859-8 iso-8859-8-i logical"),
        (.single("ISO-8859-15"), "iso-8859-15 iso8859-15 iso_8859-15 latin9 latin-9 l9"),
        (.single("WINDOWS-1250"), "windows-1250 cp1250 x-cp1250"),
        (.single("WINDOWS-1251"), "windows-1251 cp1251 x-cp1251"),
        (.single("MACINTOSH"), "macintosh mac x-mac-roman mac-roman macroman csmacintosh x-macintosh apple-roman"),
        (.single("CP850"), "cp850 ibm850 ibm-850 cp-850 dos-850 dos850 850 pc850 cspc850multilingual"),
        (.single("CP865"), "cp865 ibm865 ibm-865 cp-865 dos-865 dos865 865 pc865"),
        (.single("CP437"), "cp437 ibm437 ibm-437 cp-437 dos-437 437"),
        (.sevenBit("UTF-7"), "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7 csunicode11utf7"),
        // Danish letters instead of brackets and braces (DS 2089).
        (.sevenBit("DS_2089"), "ds_2089 iso646-dk dk"),
        (.several("GB18030"), "gb18030 gb2312 gb_2312-80 gbk x-gbk cp936 ms936 euc-cn csgb2312"),
        (.several("BIG5-HKSCS"), "big5 big5-hkscs cn-big5 x-x-big5 csbig5"),
        (.several("CP932"), "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji cp932 csshiftjis"),
        (.several("EUC-JP"), "euc-jp x-euc-jp euc_jp"),
        (.several("CP949"), "euc-kr ks_c_5601-1987 ks_c_5601 ksc5601 cp949 uhc windows-949"),
        (.utf16(""), "utf-16 utf16 unicode ucs-2 iso-10646-ucs-2"),
        (.utf16("UTF-16LE"), "utf-16le utf16le unicodefeff"),
        (.utf16("UTF-16BE"), "utf-16be utf16be unicodefffe"),
    ]
}
