import Foundation
import Testing

@testable import CorridorKit

/// Colours of the page of an index, as people with and without a colour vision deficiency see them.
@Suite("Colours of the page of an index")
struct IndexPageColorTests {
  private typealias Color = [Double]

  private func colors() throws -> [String: Color] {
    var colors: [String: Color] = [:]
    for found in IndexPage.styleSheet.matches(of: /--([a-z0-9]+):#([0-9a-f]{3,6})\b/) {
      colors[String(found.1)] = try linear(String(found.2))
    }
    return colors
  }

  /// Linear light, 0 to 1, of `rgb` or `rrggbb`.
  private func linear(_ digits: String) throws -> Color {
    let long = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : digits
    let number = try #require(Int(long, radix: 16))
    return [16, 8, 0].map { shift in
      let part = Double(number >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  private func luminance(_ color: Color) -> Double {
    0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
  }

  /// As WCAG 2 has it, 1 to 21.
  private func contrast(_ a: Color, _ b: Color) -> Double {
    let (high, low) = (max(luminance(a), luminance(b)), min(luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)
  }

  @Test("text stands out from its ground by 4.5 or more")
  func text() throws {
    let colors = try colors()
    let dark = try linear("14171d")
    let white = try linear("fff")
    let pairs: [(Color, Color, String)] = try [
      (#require(colors["ink"]), #require(colors["paper"]), "ink"),
      (#require(colors["quiet"]), #require(colors["paper"]), "quiet"),
      (#require(colors["quiet"]), #require(colors["band"]), "quiet on a band"),
      (linear("8a3b00"), #require(colors["paper"]), "empty"),
      (white, #require(colors["g1"]), "g1"), (dark, #require(colors["g2"]), "g2"),
      (dark, #require(colors["g3"]), "g3"), (white, #require(colors["g4"]), "g4"),
      (dark, #require(colors["g5"]), "g5"), (dark, #require(colors["g6"]), "g6"),
      (dark, #require(colors["g7"]), "g7"), (white, #require(colors["gx"]), "gx"),
    ]
    for (text, ground, name) in pairs { #expect(contrast(text, ground) >= 4.5, "\(name)") }
  }

  /// Full protanopia, deuteranopia, tritanopia: Machado, Oliveira, Fernandes 2009,
  /// doi:10.1109/TVCG.2009.113.
  private static let deficiencies: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.303900],
    ],
  ]

  private func seen(_ color: Color, by deficiency: [[Double]]) -> Color {
    deficiency.map { row in
      min(max(zip(row, color).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1)
    }
  }

  /// CIE 1976 L*a*b* under D65.
  private func lab(_ color: Color) -> Color {
    let matrix = [
      [0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505],
    ]
    let f = zip(matrix, [0.9505, 1, 1.089]).map { row, white -> Double in
      let value = zip(row, color).reduce(0) { $0 + $1.0 * $1.1 } / white
      return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  private func difference(_ a: Color, _ b: Color) -> Double {
    zip(lab(a), lab(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  @Test("scores grow darker step by step, for every kind of sight")
  func sequence() throws {
    let colors = try colors()
    let steps = try (1...5).map { try #require(colors["c\($0)"]) }
    for deficiency in Self.deficiencies {
      let lightness = steps.map { lab(seen($0, by: deficiency))[0] }
      for (lighter, darker) in zip(lightness, lightness.dropFirst()) {
        #expect(lighter - darker > 10, "\(lightness)")
      }
    }
  }

  @Test("neighbouring dimensions in a bar can be told apart, for every kind of sight")
  func dimensions() throws {
    let colors = try colors()
    let names = (1...7).map { "g\($0)" } + ["gx"]
    for deficiency in Self.deficiencies {
      for (place, name) in names.enumerated() {
        // 2.3 is just noticeable. Any dimension may be empty, so that the next but one may stand beside; exposure beside all.
        for other in names[(place + 1)...].prefix(2) + ["gx"] where other != name {
          let (a, b) = (try #require(colors[name]), try #require(colors[other]))
          let apart = difference(seen(a, by: deficiency), seen(b, by: deficiency))
          #expect(apart > 17, "\(name) and \(other)")
        }
      }
    }
  }
}
