import type { Socket } from 'node:net'

export type ReadResponse = {
  status: number
  headers: Record<string, string>
  body: string
  /** False if the connection ended before the response did. */
  isWhole: boolean
}

/**
 * The responses on a connection, in order, until it is closed.
 * @param methods of the requests: responses to HEAD have no body.
 */
export async function* readResponses(socket: Socket, methods: readonly string[]): AsyncGenerator<ReadResponse, void> {
  let received = ''
  let index = 0
  const parts = socket.setEncoding('latin1')[Symbol.asyncIterator]()
  const more = async (): Promise<boolean> => {
    // A reset counts as the end of the connection.
    const { value, done } = await parts.next().catch(() => ({ value: '', done: true }))
    if (!done) received += value
    return !done
  }
  for (;;) {
    let end = received.indexOf('\r\n\r\n')
    while (end < 0) {
      if (!(await more())) return
      end = received.indexOf('\r\n\r\n')
    }
    const [line = '', ...fields] = received.slice(0, end).split('\r\n')
    received = received.slice(end + 4)
    const status = Number(line.split(' ')[1])
    const headers = Object.fromEntries(
      fields.map((field) => {
        const colon = field.indexOf(':')
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
      }),
    )
    if (status === 100) continue
    const hasBody = methods[index] !== 'HEAD' && status !== 204 && status !== 304
    index += 1
    const isChunked = hasBody && headers['transfer-encoding'] === 'chunked'
    let length = hasBody && !isChunked ? Number(headers['content-length'] ?? 0) : 0
    let body = ''
    let isWhole = true
    do {
      if (isChunked) {
        while (isWhole && !received.includes('\r\n')) isWhole = await more()
        const mark = received.indexOf('\r\n')
        length = Number.parseInt(received.slice(0, mark), 16) + 2
        received = received.slice(mark + 2)
      }
      while (isWhole && received.length < length) isWhole = await more()
      body += received.slice(0, isChunked ? length - 2 : length)
      received = received.slice(length)
    } while (isWhole && isChunked && length > 2)
    yield { status, headers, body, isWhole }
  }
}
