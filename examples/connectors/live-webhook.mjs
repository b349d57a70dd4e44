#!/usr/bin/env node
// Takes the live webhooks of a booking system and hands them on to Perennial. Node 18 or later; docs/connectors.md says more.
//
//   PERENNIAL_URL=… PERENNIAL_API_KEY=… BOOKING_SECRET=… PORT=8090 node live-webhook.mjs
//
// It answers 204 once Perennial has stored what came, and 503 when that was not possible: a booking system that tries again
// loses nothing, and what comes twice is stored once, because everything is an upsert by its own id.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const { PERENNIAL_URL: url, PERENNIAL_API_KEY: key, BOOKING_SECRET: secret, PORT = '8090' } = process.env
const LARGEST = 1_000_000

const STATES = { booked: 'booked', attended: 'attended', 'no-show': 'no_show', cancelled: 'cancelled' }

/** One message of the booking system as what Perennial takes. This is the part that is yours. */
function itemsOf({ booking, client, teacher, changed_at: updated }) {
  return {
    customers: [
      { id: `client-${client.id}`, email: client.email ?? null, first_name: client.name, updated_at: updated },
    ],
    providers: [{ id: `teacher-${teacher.id}`, name: teacher.name }],
    bookings: [
      {
        id: `booking-${booking.id}`,
        customer: `client-${client.id}`,
        provider: `teacher-${teacher.id}`,
        service: booking.class,
        starts_at: booking.starts_at,
        minutes: booking.minutes,
        price: booking.cents,
        state: STATES[booking.status] ?? booking.status,
        // of two messages about one booking the newer one counts, in whatever order they arrive
        updated_at: updated,
      },
    ],
  }
}

/** Whether the message is signed: `X-Signature` is the HMAC-SHA256 of the body, in hexadecimal figures. */
function isSigned(body, signature) {
  const expected = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(String(signature), 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function readBody(request) {
  const parts = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > LARGEST) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** @returns the status for the booking system, and words for whoever reads its log */
async function handOn(request) {
  const body = await readBody(request)
  if (body === null) return [413, 'too large']
  if (!isSigned(body, request.headers['x-signature'])) return [401, 'not signed']
  let items
  try {
    items = itemsOf(JSON.parse(body.toString('utf8')))
  } catch {
    return [400, 'not understood']
  }
  const response = await fetch(`${url}/api/v1/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(items),
  }).catch(() => null)
  if (response === null) return [503, 'Perennial cannot be reached']
  const answer = await response.json().catch(() => ({}))
  if (response.status === 200) return [204, '']
  // some or all of it is wrong: trying again would not help
  if (response.status === 207 || response.status === 400) return [422, JSON.stringify(answer.errors ?? [])]
  return [503, `Perennial answers ${response.status}`]
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(405, { allow: 'POST' }).end()
  handOn(request).then(
    ([status, words]) => {
      if (status >= 400) process.stderr.write(`${status} ${words}\n`)
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words)
    },
    () => response.writeHead(503).end(),
  )
})

if (!url || !key || !secret) {
  process.stderr.write('PERENNIAL_URL, PERENNIAL_API_KEY and BOOKING_SECRET are needed\n')
  process.exitCode = 1
} else {
  server.listen(Number(PORT), () => process.stdout.write(`listening on ${server.address().port}\n`))
}
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close())
