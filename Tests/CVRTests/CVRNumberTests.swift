import CVR
import Foundation
import Testing

@Suite("Company numbers")
struct CVRNumberTests {
    @Test(
        "that pass modulus 11 are taken as they are",
        arguments: ["13748136", "24256790", "10103940", "13585628", "22756214"])
    func valid(_ digits: String) {
        #expect(CVRNumber(digits)?.description == digits)
    }

    @Test(
        "that are not eight digits, begin with 0 or fail the check are refused",
        arguments: [
            "24256791", "13585627", "12345678", "11111111", "00000000", "", "2425679", "242567900", "2425679x",
            "24 25 67 90", " 24256790", "DK24256790", "04256790", "２４２５６７９０", "-2425679",
        ])
    func invalid(_ digits: String) {
        #expect(CVRNumber(digits) == nil)
    }

    @Test("one wrong digit is always noticed")
    func everyWrongDigit() {
        let digits = Array("24256790".utf8)
        for place in digits.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[place] {
                var wrong = digits
                wrong[place] = digit
                #expect(CVRNumber(String(decoding: wrong, as: UTF8.self)) == nil)
            }
        }
    }

    @Test("the check digit follows from the first seven, and remainder 1 gives no number")
    func checkDigit() {
        let weights = [2, 7, 6, 5, 4, 3, 2]
        for seven in stride(from: 1_000_000, through: 9_999_999, by: 7_919) {
            let digits = String(seven).utf8.map { Int($0) - 0x30 }
            let remainder = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 } % 11
            let valid = (0...9).filter { CVRNumber("\(seven)\($0)") != nil }
            #expect(valid == (remainder == 1 ? [] : [remainder == 0 ? 0 : 11 - remainder]))
        }
    }

    @Test("JSON holds a string, and a wrong one is refused")
    func coding() throws {
        let number = try #require(CVRNumber("24256790"))
        let json = try JSONEncoder().encode([number])
        #expect(String(decoding: json, as: UTF8.self) == #"["24256790"]"#)
        #expect(try JSONDecoder().decode([CVRNumber].self, from: json) == [number])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CVRNumber].self, from: Data(#"["24256791"]"#.utf8))
        }
    }
}
