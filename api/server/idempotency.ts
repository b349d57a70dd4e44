import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { Problem } from '../../domain/errors.ts'
import { claimKey, type StoredAnswer } from '../../domain/idempotency/claimKey.ts'
import { dropKey, storeAnswer } from '../../domain/idempotency/storeAnswer.ts'
import type { Caller, Services } from './services.ts'

type Attempt = {
  request: Request
  caller: Caller
  /** The body as it came. */
  bytes: Buffer
  services: Services
  /** Whether the work may be done again when nobody knows how far it got. */
  repeatable: boolean
}

/**
 * Does the work of an unsafe call once for each Idempotency-Key: the first call works, later ones get its answer.
 *
 * A call that was refused has done nothing: it gives the key back. So does one that failed by our mistake, or was
 * interrupted, when the work may be repeated; when it may not, the key stays taken, since nobody can say how far it got.
 *
 * @returns the answer and whether it was given before
 * @throws Problem 'invalid' for a bad key, 'idempotency_mismatch', 'conflict' while the first call runs
 */
export async function once(
  { request, caller, bytes, services, repeatable }: Attempt,
  work: () => Promise<StoredAnswer>,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  const key = request.get('idempotency-key')
  if (key === undefined || request.method === 'GET' || request.method === 'HEAD') {
    return { answer: await work(), replayed: false }
  }
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    const message = 'Allowed are 1 to 128 visible ASCII characters'
    throw new Problem('invalid', `Idempotency-Key: ${message}.`, [{ path: '/headers/idempotency-key', message }])
  }
  const { db, now } = services
  const who = `${caller.kind}:${caller.id}`
  const claim = await claimKey(db, { caller: who, key, requestHash: hashRequest(request, bytes), repeatable }, now())
  if (claim.kind === 'done') return { answer: claim.answer, replayed: true }
  if (claim.kind === 'mismatch') {
    throw new Problem('idempotency_mismatch', 'Use a new key for a new request; this one stands for another one.')
  }
  if (claim.kind === 'running') throw new Problem('conflict', RUNNING, [], { retry_after: 1 })
  try {
    const answer = await work()
    await storeAnswer(db, who, key, answer)
    return { answer, replayed: false }
  } catch (error) {
    if (repeatable || error instanceof Problem) await dropKey(db, who, key)
    throw error
  }
}

const RUNNING =
  'A call with this Idempotency-Key has begun and has no answer yet. Try again in a moment. If this stays so for more ' +
  'than a minute, the call was interrupted: look whether it took effect before you make it again with a new key.'

function hashRequest(request: Request, bytes: Buffer): Buffer {
  return createHash('sha256').update(`${request.method} ${request.originalUrl}\n`).update(bytes).digest()
}
