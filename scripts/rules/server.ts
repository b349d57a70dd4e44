import { randomUUID } from 'node:crypto'
import { asKept } from '../../rules/recalculation.ts'
import type { SegmentDifference } from '../../rules/words/segmentWords.ts'
import type { SegmentFile } from '../../rules/yaml.ts'
import { WrongUse } from './io.ts'

/** The server could not be reached, or refused something; the sentence says why. */
export class ServerError extends Error {}

/** A running Perennial, as far as its segments go. */
export type Server = {
  segments(): Promise<SegmentFile[]>
  /** ISO 4217. */
  currency(): Promise<string>
  create(segment: SegmentFile): Promise<void>
  change(id: string, difference: SegmentDifference): Promise<void>
}

type Problem = { title?: string; detail?: string; errors?: { path: string; message: string }[] }

/**
 * The server that the environment names.
 *
 * @throws WrongUse when it names no key, or no address
 */
export function serverOf({ PERENNIAL_URL, PERENNIAL_API_KEY }: Readonly<Record<string, string | undefined>>): Server {
  if (!PERENNIAL_API_KEY) throw new WrongUse('PERENNIAL_API_KEY is missing: a key that may change segments.')
  const address = PERENNIAL_URL || 'http://localhost:8080'
  if (!URL.canParse(address) || !/^https?:/.test(address)) throw new WrongUse(`PERENNIAL_URL is no address: ${address}`)
  const base = `${address.replace(/\/+$/, '')}/api/v1`

  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${PERENNIAL_API_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    }
    const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await fetch(`${base}${path}`, sent).catch((error: Error) => {
      const { message } = error.cause instanceof Error ? error.cause : error
      throw new ServerError(`${address} cannot be reached: ${message}`)
    })
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as Answer
    throw new ServerError(`${method} ${path}: ${response.status} ${reasonIn(text)}`)
  }

  return {
    async segments() {
      const { items } = await call<{ items: SegmentFile[] }>('GET', '/segments')
      return items.map(({ id, name, note, scope, recalculation, rule }) => {
        return { id, name, note, scope, recalculation: asKept(recalculation), rule }
      })
    },
    currency: async () => (await call<{ currency: string }>('GET', '/settings')).currency,
    create: (segment) => call('POST', '/segments', segment),
    change: (id, difference) => call('PATCH', `/segments/${encodeURIComponent(id)}`, difference),
  }
}

/** What a problem document says; what is none, is said as it is. */
function reasonIn(text: string): string {
  try {
    const { title, detail, errors = [] } = JSON.parse(text) as Problem
    const listed = errors.map(({ path, message }) => `  ${path}: ${message}`)
    return [detail ?? title ?? '', ...(errors.length > 1 ? listed : [])].join('\n')
  } catch {
    return text.slice(0, 200)
  }
}
