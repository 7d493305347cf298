/**
 * The clients that wait for one response. When a client joins whose turn is earlier, a queue moves the response
 * forward.
 */
export class Waiting {
  /** Set by the queue while the response waits there. */
  onJoin: ((client: string) => void) | undefined

  /** Their addresses. */
  readonly clients: Set<string>

  constructor(first: string) {
    this.clients = new Set([first])
  }

  join(client: string): void {
    if (this.clients.has(client)) return
    this.clients.add(client)
    this.onJoin?.(client)
  }
}

/** Thrown when too many requests are waiting. The message is for the client; it is not logged. */
export class QueueFull extends Error {
  constructor() {
    super('Too many requests are waiting. Please try again in a few seconds.')
  }
}
