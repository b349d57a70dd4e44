import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that a receiver of webhooks got. */
export type Received = {
  headers: Record<string, string | string[] | undefined>
  text: string
  body: {
    id: string
    type: string
    at: string
    customer: string | null
    provider: string | null
    data: Record<string, unknown>
  }
}

/** What it answers: a status, with words; or nothing at all. */
export type Answering = (received: Received, before: number) => number | [number, string] | 'silent'

/** A system that is told what happens, on a free port; it answers 204 unless the test says something else. */
export async function startReceiver() {
  const received: Received[] = []
  let answering: Answering = () => 204
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const text = Buffer.concat(parts).toString()
      const call = { headers: request.headers, text, body: JSON.parse(text) as Received['body'] }
      const before = received.filter(({ body }) => body.id === call.body.id).length
      received.push(call)
      const answer = answering(call, before)
      if (answer === 'silent') return
      const [status, words] = Array.isArray(answer) ? answer : [answer, '']
      response.writeHead(status, status >= 300 && status < 400 ? { location: 'http://127.0.0.1:1/' } : {}).end(words)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    answer: (how: Answering) => {
      answering = how
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** Whether a call was signed with a secret, as docs/webhooks.md says how to look. */
export function isSigned({ headers, text }: Received, secret: string): boolean {
  const parts = String(headers['perennial-signature']).split(',')
  const seconds = parts.find((part) => part.startsWith('t='))?.slice(2)
  const expected = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex')
  return parts.includes(`v1=${expected}`)
}
