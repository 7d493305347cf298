import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { createClient } from 'redis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { Policy } from './policy'
import { A_BUSY_MACHINE, Member } from './testing/member'
import { RedisServer } from './testing/redis-server'
import { linkUpstash } from './upstash'

/** Upstash's protocol over a real Redis: a JSON array as command, a JSON object with base64 strings as response. */

const policy: Policy = { name: 'test', quota: 100, windowSeconds: 3_600 }
const TOKEN = 'the token'

let redis: RedisServer
let client: ReturnType<typeof connect>
let server: Server
let url: string
/** Resolves when Redis may answer. */
let gate: Promise<void> | undefined
const members: Member[] = []

const connect = () => createClient({ url: redis.url })

const encoded = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(encoded)
    : typeof value === 'string' && value !== 'OK'
      ? Buffer.from(value).toString('base64')
      : value

beforeAll(async () => {
  redis = await RedisServer.start()
  client = connect()
  await client.connect()
  server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body))
    const command = z.array(z.coerce.string()).parse(await json(request))
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, { error: 'WRONGPASS invalid token' })
    await gate
    try {
      answer(200, { result: encoded(await client.sendCommand(command)) })
    } catch (error) {
      answer(400, { error: error instanceof Error ? error.message : String(error) })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const member of members.splice(0)) member.close()
  await client.flushAll()
})

afterAll(async () => {
  client?.destroy()
  server?.close().closeAllConnections()
  await redis?.kill()
})

function join(token = TOKEN): Member {
  const member = new Member(linkUpstash(url, token, A_BUSY_MACHINE))
  members.push(member)
  return member
}

test('two processes let exactly 40 of 100 concurrent requests pass', async () => {
  const two = [join(), join()]
  const standings = await Promise.all(
    two.flatMap(({ limiter }) => Array.from({ length: 50 }, () => limiter.charge({ ...policy, quota: 40 }, 'a'))),
  )
  expect(standings.filter(({ allowed }) => allowed)).toHaveLength(40)
  for (const { limiter, logged } of two) {
    expect(await limiter.peek({ ...policy, quota: 40 }, 'a')).toMatchObject({ allowed: false, remaining: 0 })
    expect(logged).toEqual([])
  }
})

test('a late response of Redis delays no request, and still counts', async () => {
  const member = join()
  const other = join()
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(99)
  let open = () => {}
  gate = new Promise((resolve) => {
    open = resolve
  })
  member.patience = 20
  for (let used = 1; used < 20; used++) expect((await member.limiter.charge(policy, 'a')).remaining).toBe(99 - used)
  open()
  await member.untilLogged(/answers again/)
  member.patience = A_BUSY_MACHINE
  expect((await member.limiter.charge(policy, 'a')).remaining).toBe(79)
  expect((await other.limiter.peek(policy, 'a')).remaining).toBe(79)
})

test('a wrong token is logged without the client, and the process counts by itself', async () => {
  const member = join('another token')
  expect((await member.limiter.charge(policy, '203.0.113.9')).remaining).toBe(99)
  expect((await member.limiter.charge(policy, '203.0.113.9')).remaining).toBe(98)
  expect(member.logged).toEqual([expect.stringMatching(/WRONGPASS invalid token$/)])
})
