import { createServer } from 'node:http'

/** Plain Node.js: responds with a body of the given number of bytes. */
const body = Buffer.alloc(Number(process.argv[2]), 'x')
const headers = { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length }
const server = createServer((_request, response) => response.writeHead(200, headers).end(body))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
