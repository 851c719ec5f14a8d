import Foundation
import TransportGraph

/// The links of a network by the names and numbers of their roads.
struct RoadIndex: Sendable {
  private var byName: [NameKey: [LinkID]] = [:]
  private var byNumber: [RoadNumber: [LinkID]] = [:]

  /// - Complexity: O(links).
  init(_ links: [Link]) {
    for (index, link) in links.enumerated() {
      if let name = link.name { byName[NameKey(name), default: []].append(LinkID(index)) }
      for number in Set(link.roadNumbers.map(RoadNumber.init)) {
        byNumber[number, default: []].append(LinkID(index))
      }
    }
  }

  /// The links of a road by its name or number, ascending; none where it is unknown.
  func links(of road: String) -> [LinkID] {
    let named = byName[NameKey(road)] ?? []
    let numbered = byNumber[RoadNumber(road)] ?? []
    return named.isEmpty || numbered.isEmpty
      ? named + numbered : Set(named).union(numbered).sorted()
  }
}

/// A road's number as it is compared: `A3`, `A-3` and the Cyrillic `А-3` are one.
private struct RoadNumber: Hashable {
  let text: String

  init(_ ref: String) {
    text = String(
      NameKey(ref).text.filter { $0 != " " }.map { Self.latinLookalikes[$0] ?? $0 })
  }

  /// The Cyrillic letters that road signs share with Latin, in lower case.
  private static let latinLookalikes: [Character: Character] = [
    "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
    "т": "t", "у": "y", "х": "x",
  ]
}

extension Link {
  /// The numbers of its road, each as it is written.
  var roadNumbers: [String] {
    (ref ?? "").split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
