/**
 * React ends each rendering by aborting its signals, and a signal holds its reason as long as it lives. An error's stack
 * that nobody has read holds the call frames themselves: the queue of `setImmediate`, the requests in it, and the stacks
 * that those hold. So one request kept in memory kept all later ones too. (Seen in a heap snapshot: 3,000 requests with
 * their data, after 15,000.)
 */

/** React's message when nothing went wrong (react-server-dom, `flushCompletedChunks`). */
const COMPLETED = 'This render completed successfully.'

/** Drops the stacks of reasons that are no errors. */
export function dropAbortStacks(): void {
  const { abort } = AbortController.prototype
  AbortController.prototype.abort = function (reason: unknown = new DOMException(ABORTED, 'AbortError')) {
    if (reason instanceof Error && (reason.message.startsWith(COMPLETED) || reason.message === ABORTED))
      reason.stack = `${reason.name}: ${reason.message}`
    abort.call(this, reason)
  }
}

/** The message of `abort()` without a reason. */
const ABORTED = 'This operation was aborted'
