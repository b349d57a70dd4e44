import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEY } from './fleet.ts'

/** How long one call is repeated before it counts as lost, in milliseconds. */
const PATIENCE = 120_000
/** A process that does not answer within this is as good as gone. */
const SILENCE = 20_000

export type Answer = { status: number; body: unknown }

/**
 * Calls whichever API process answers, as a load balancer with a patient caller behind it does: what gets no answer, or one
 * that says to try again, is asked again under the same key.
 */
export class Client {
  readonly #urls: readonly string[]
  #turn = 0
  /** How long reads took that were answered, in milliseconds. */
  readonly reads: number[] = []
  /** How many calls got no answer and were made again. */
  repeated = 0
  /** Answers that nobody should get, by their status. */
  readonly strange = new Map<number, string>()

  constructor(urls: readonly string[]) {
    this.#urls = urls
  }

  /**
   * @param patience how long one that was begun under this key, and has no answer, is waited for, in milliseconds
   * @returns the first answer that is one: 2xx or 4xx
   * @throws when there is none in two minutes
   */
  async call(
    method: string,
    path: string,
    body?: unknown,
    { key = randomUUID(), patience = PATIENCE }: { key?: string; patience?: number } = {},
  ): Promise<Answer> {
    const began = Date.now()
    for (const gaveUp = began + PATIENCE; ; this.repeated += 1) {
      const answer = await this.#try(method, path, body, key).catch(() => null)
      if (answer !== null && answer.status < 500 && !isToBeRepeated(answer)) return answer
      if (answer?.status === 409 && Date.now() > began + patience) return answer
      if (answer !== null && answer.status === 500) this.strange.set(500, `${method} ${path}`)
      if (Date.now() > gaveUp) throw new Error(`no answer to ${method} ${path}: ${JSON.stringify(answer)}`)
      await sleep(100)
    }
  }

  /** The same for what has to go well. @throws with the answer when it did not */
  async need<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.call(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body as Body
  }

  /** Reads once and notes how long that took, if there was an answer. */
  async read(path: string): Promise<void> {
    const began = performance.now()
    const answer = await this.#try('GET', path).catch(() => null)
    if (answer === null) return
    if (answer.status === 200) this.reads.push(performance.now() - began)
    else if (answer.status !== 503) this.strange.set(answer.status, `GET ${path}`)
  }

  async #try(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const url = this.#urls[this.#turn++ % this.#urls.length] ?? ''
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(SILENCE),
      headers: {
        authorization: `Bearer ${KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined || method === 'GET' ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}

/** Somebody else has the key in hand, or had it when it was killed: a minute later it is done again. */
function isToBeRepeated({ status, body }: Answer): boolean {
  return status === 429 || (status === 409 && (body as { retry_after?: unknown } | null)?.retry_after !== undefined)
}
