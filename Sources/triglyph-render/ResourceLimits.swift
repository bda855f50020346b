import Glibc

/// What a drawing may use. Graphviz cannot be interrupted, so the kernel ends it.
struct ResourceLimits: Equatable {
  var cpuSeconds = 30
  /// Of address space, which is more than what is touched: the libraries alone take about 200.
  var memoryMiB = 2_048

  /// Sets the limits on the calling process; a limit that is already lower stays. Returns whether all could be set.
  func apply() -> Bool {
    let bytes = rlim_t(memoryMiB) * 1_048_576
    let seconds = rlim_t(cpuSeconds)
    // The second in between lets SIGXCPU come first, which tells this end from any other.
    return lower(RLIMIT_CPU, soft: seconds, hard: seconds + 1)
      && lower(RLIMIT_AS, soft: bytes, hard: bytes)
      && lower(RLIMIT_FSIZE, soft: bytes, hard: bytes)
      && lower(RLIMIT_CORE, soft: 0, hard: 0)
  }

  private func lower(_ resource: __rlimit_resource, soft: rlim_t, hard: rlim_t) -> Bool {
    let which = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    guard getrlimit(which, &limit) == 0 else { return false }
    limit.rlim_max = min(limit.rlim_max, hard)
    limit.rlim_cur = min(limit.rlim_cur, soft, limit.rlim_max)
    return setrlimit(which, &limit) == 0
  }
}
