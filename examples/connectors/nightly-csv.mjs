#!/usr/bin/env node
// Brings a booking system's nightly CSV into Perennial. Needs Node 18 or later and nothing else; docs/connectors.md says more.
//
//   PERENNIAL_URL=https://perennial.example PERENNIAL_API_KEY=… node nightly-csv.mjs bookings.csv [--historical]
//
// Safe to stop and to start again: what was taken is written down beside the file (bookings.csv.state) after each part, and
// the next run goes on behind it. Safe to repeat: everything is an upsert by its own id, and an older change never
// overwrites a newer one. Rows that are refused stand in bookings.csv.rejected with the reason; the others are stored.
import { createHash } from 'node:crypto'
import { appendFileSync, createReadStream, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Rows in one call; each makes up to three items, and a call takes 5,000. */
const ROWS = 1_000
/** So often a call is tried, with pauses that double from a second on. */
const TRIES = 8

/** How your system calls the states of a booking. */
const STATES = {
  booked: 'booked',
  confirmed: 'booked',
  attended: 'attended',
  'no-show': 'no_show',
  cancelled: 'cancelled',
}

/** One row of the file as what Perennial takes. This is the part that is yours: names of columns on the right. */
function itemsOf(row) {
  const [first, ...rest] = row.client_name.trim().split(/\s+/)
  return {
    customers: [
      {
        id: `client-${row.client_id}`,
        first_name: first || null,
        last_name: rest.join(' ') || null,
        email: row.client_email || null,
        updated_at: row.changed_at,
      },
    ],
    providers: [{ id: `teacher-${row.teacher_id}`, name: row.teacher_name }],
    bookings: [
      {
        id: `booking-${row.booking_id}`,
        customer: `client-${row.client_id}`,
        provider: `teacher-${row.teacher_id}`,
        service: row.class || null,
        starts_at: row.starts_at,
        minutes: Number(row.minutes),
        // 18.50 is 1850: minor units, without the faults of binary fractions
        price: Math.round(Number(row.price) * 100),
        state: STATES[row.status] ?? row.status,
        updated_at: row.changed_at,
      },
    ],
  }
}

/** The rows of a CSV (RFC 4180), as objects by the names of the first line. */
async function* readCsv(file) {
  let header
  let fields = []
  let field = ''
  let quoted = false
  let wasQuote = false
  const record = () => {
    fields.push(field)
    field = ''
    const values = fields
    fields = []
    if (header === undefined) {
      header = values.map((name) => name.replace(/^\uFEFF/, '').trim())
      return null
    }
    if (values.length === 1 && values[0] === '') return null
    return Object.fromEntries(header.map((name, n) => [name, values[n] ?? '']))
  }
  for await (const chunk of createReadStream(file, 'utf8')) {
    for (const character of chunk) {
      if (quoted) {
        if (wasQuote) {
          wasQuote = false
          if (character === '"') field += '"'
          else {
            quoted = false
            if (character === ',') {
              fields.push(field)
              field = ''
            } else if (character === '\n') {
              const row = record()
              if (row !== null) yield row
            }
          }
        } else if (character === '"') wasQuote = true
        else field += character
      } else if (character === '"' && field === '') quoted = true
      else if (character === ',') {
        fields.push(field)
        field = ''
      } else if (character === '\n') {
        const row = record()
        if (row !== null) yield row
      } else if (character !== '\r') field += character
    }
  }
  if (field !== '' || fields.length > 0) {
    const row = record()
    if (row !== null) yield row
  }
}

/** Sends a part; tries again while waiting can help. Returns the answer, also of one that was refused as a whole. */
async function send(body) {
  const { PERENNIAL_URL: url, PERENNIAL_API_KEY: key } = process.env
  const text = JSON.stringify(body)
  for (let attempt = 1; ; attempt++) {
    let wait = 1_000 * 2 ** (attempt - 1)
    let why
    try {
      const response = await fetch(`${url}/api/v1/ingest`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          // the same part has the same key: should the answer be lost, it is given again
          'idempotency-key': createHash('sha256').update(text).digest('hex'),
        },
        body: text,
      })
      const answer = await response.json().catch(() => ({}))
      // 400: none could be stored, and `errors` says why of each
      if (response.ok || (response.status === 400 && answer.stored !== undefined)) return answer
      why = `${response.status} ${answer.detail ?? ''}`
      if (response.status < 500 && response.status !== 409 && response.status !== 429) throw new Refused(why)
      if (answer.retry_after !== undefined) wait = answer.retry_after * 1_000
    } catch (error) {
      if (error instanceof Refused) throw error
      why ??= String(error.cause ?? error)
    }
    if (attempt === TRIES) throw new Refused(`given up after ${TRIES} tries: ${why}`)
    process.stderr.write(`${why}; trying again in ${wait / 1_000} s\n`)
    await sleep(wait)
  }
}

/** Trying again would not help. */
class Refused extends Error {}

/** A file that is complete or not there, whenever the process dies. */
function writeWhole(file, text) {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

/** Where the last run stopped, if it was with this file; a file of the same name with other content begins anew. */
function readState(file, fingerprint) {
  if (!existsSync(file)) return 0
  const state = JSON.parse(readFileSync(file, 'utf8'))
  return state.fingerprint === fingerprint ? state.rows : 0
}

async function fingerprintOf(file) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

async function main() {
  const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
  const historical = process.argv.includes('--historical')
  if (file === undefined || !process.env.PERENNIAL_URL || !process.env.PERENNIAL_API_KEY) {
    throw new Error('usage: PERENNIAL_URL=… PERENNIAL_API_KEY=… node nightly-csv.mjs FILE [--historical]')
  }
  const fingerprint = await fingerprintOf(file)
  const done = readState(`${file}.state`, fingerprint)
  if (done === 0) rmSync(`${file}.rejected`, { force: true })
  let read = 0
  let rejected = 0
  let part = []
  const flush = async () => {
    if (part.length === 0) return
    const rows = part
    part = []
    const items = rows.map(itemsOf)
    const body = {
      historical,
      customers: items.flatMap(({ customers }) => customers),
      providers: items.flatMap(({ providers }) => providers),
      bookings: items.flatMap(({ bookings }) => bookings),
    }
    const { errors = [] } = await send(body)
    // each row made one item of each kind, so the number in the pointer is the number of the row
    for (const { path, message } of errors) {
      const row = rows[Number(path.split('/')[2])]
      appendFileSync(`${file}.rejected`, `${JSON.stringify({ path, message, row })}\n`)
    }
    rejected += errors.length
    writeWhole(`${file}.state`, JSON.stringify({ fingerprint, rows: read }))
    process.stdout.write(`${read} rows\n`)
  }
  for await (const row of readCsv(file)) {
    read++
    if (read <= done) continue
    part.push(row)
    if (part.length === ROWS) await flush()
  }
  await flush()
  process.stdout.write(`done: ${read} rows, ${read - done} of them now, ${rejected} mistakes\n`)
  // whoever watches the nightly job sees it, though everything else is stored
  if (rejected > 0) process.exitCode = 2
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
