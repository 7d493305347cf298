/** The clients that wait for one response. A queue moves it forward when a client joins whose turn is earlier. */
export class Waiting {
  /** Set by the queue for as long as the response waits there. */
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

/** Thrown when too many requests wait already, as the client is told. It is no fault of the site, and is not logged. */
export class QueueFull extends Error {
  constructor() {
    super('Too many pages are waiting to be made. Please try again in a few seconds.')
  }
}
