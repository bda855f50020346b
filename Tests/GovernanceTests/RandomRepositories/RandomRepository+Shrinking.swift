extension RandomRepository {
  /// Documents from which nothing more can be taken without the fault going away: what a failing seed comes down to.
  ///
  /// Takes whole documents out first, then lines; the first document, the vocabulary, stays. The condition should be
  /// false of documents that do not load. It is asked as often as there are lines, in several rounds.
  static func shrunk(
    _ documents: [String], while isFaulty: ([String]) async -> Bool
  ) async -> [String] {
    var documents = documents
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for index in documents.indices.dropFirst().reversed() {
        var fewer = documents
        fewer.remove(at: index)
        if await isFaulty(fewer) {
          documents = fewer
          isSmaller = true
        }
      }
      for index in documents.indices.dropFirst() {
        var lines = documents[index].split(separator: "\n")
        for line in lines.indices.reversed() {
          var fewer = lines
          fewer.remove(at: line)
          var changed = documents
          changed[index] = fewer.joined(separator: "\n")
          if await isFaulty(changed) {
            lines = fewer
            documents = changed
            isSmaller = true
          }
        }
      }
    }
    return documents
  }
}
