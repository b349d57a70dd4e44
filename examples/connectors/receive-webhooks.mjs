#!/usr/bin/env node
// Takes the webhooks of Perennial: checks that they are signed and new, does each once. Node 18 or later; docs/webhooks.md.
//
//   WEBHOOK_SECRET=whsec_… PORT=8091 node receive-webhooks.mjs
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { WEBHOOK_SECRET: secret, PORT = '8091' } = process.env
/** Older calls are somebody's who has recorded one; in seconds. */
const TOLERANCE = 300

/** What is done with an event; yours. In a real system: in one transaction with noting its id. */
function take(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Whether a call is from Perennial: of the signatures (two for a day after the secret was changed) one has to fit. */
function isGenuine(body, header, now = Date.now() / 1000) {
  const parts = String(header)
    .split(',')
    .map((part) => part.split('='))
  const seconds = Number(parts.find(([name]) => name === 't')?.[1])
  if (!(Math.abs(now - seconds) <= TOLERANCE)) return false
  const expected = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()
  return parts.some(([name, value]) => {
    const given = Buffer.from(name === 'v1' ? String(value) : '', 'hex')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/** The ids of the events that were done; a table with a unique key where it has to outlive the process. */
const known = new Set()

const server = createServer(async (request, response) => {
  const parts = []
  for await (const part of request) parts.push(part)
  const body = Buffer.concat(parts)
  if (!isGenuine(body, request.headers['perennial-signature'])) return response.writeHead(401).end()
  const event = JSON.parse(body.toString('utf8'))
  if (!known.has(event.id)) {
    take(event)
    known.add(event.id)
  }
  response.writeHead(204).end()
})
server.listen(Number(PORT), () => process.stdout.write(`listening on ${server.address().port}\n`))
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close())
