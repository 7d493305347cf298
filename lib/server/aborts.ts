/**
 * Next.js aborts each request's signals when its page is rendered, and a signal holds its reason for as long as it lives.
 * Until somebody asks for it, an error's stack holds the calls themselves, here the queue of `setImmediate`, and so the
 * other requests that had a turn in it, which hold theirs: as long as anything held one request, all that came after it
 * were held. (Seen in a heap snapshot: 1,700 requests after 20,000, and 100 MB of their pages.) So a reason that nobody
 * gave is made without a stack, which is the quicker way too.
 */
export function abortWithoutStacks(): void {
  const { abort } = AbortController.prototype
  AbortController.prototype.abort = function (reason: unknown = reasonWithoutStack()) {
    abort.call(this, reason)
  }
}

/** What `abort()` gives by itself, but for the stack. */
function reasonWithoutStack(): DOMException {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return new DOMException('This operation was aborted', 'AbortError')
  } finally {
    Error.stackTraceLimit = limit
  }
}
