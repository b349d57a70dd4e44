import { z } from 'zod'
import type { DraftStorage } from '../draft/draftStore.ts'

/**
 * A mailing that somebody confirmed and whose answer has not arrived: what was asked, word for word, and the key under
 * which the server knows the act. Asking again with both makes one mailing, however often it is done.
 */
export type PendingSend<Body = unknown> = {
  key: string
  body: Body
  /** When it was confirmed, as an ISO instant. */
  askedAt: string
}

const pending = z.object({ key: z.string().min(8), body: z.unknown(), askedAt: z.iso.datetime() })

/** The server remembers a key for 24 hours; after this many milliseconds asking again is no longer safe. */
const SAFE_FOR = 23 * 3_600_000

/** True when the server may have forgotten the key, so that asking again could make a second mailing. */
export function isTooOld(send: PendingSend, now: Date): boolean {
  return now.getTime() - Date.parse(send.askedAt) > SAFE_FOR
}

const nameOf = (draftKey: string) => `${draftKey}|sending`

/** Remembers a confirmed mailing before it is asked for. False when the browser would forget it on a reload. */
export function keepPending(storage: DraftStorage | null, draftKey: string, send: PendingSend): boolean {
  try {
    storage?.setItem(nameOf(draftKey), JSON.stringify(send))
    return storage !== null
  } catch {
    return false
  }
}

/** The mailing whose answer is still missing; null when there is none. */
export function readPending(storage: DraftStorage | null, draftKey: string): PendingSend | null {
  try {
    const result = pending.safeParse(JSON.parse(storage?.getItem(nameOf(draftKey)) ?? 'null'))
    return result.success ? result.data : null
  } catch {
    return null
  }
}

/** Forgets it: the server has answered, with a mailing or with a refusal. */
export function removePending(storage: DraftStorage | null, draftKey: string): void {
  try {
    storage?.removeItem(nameOf(draftKey))
  } catch {
    // Nothing was kept where nothing may be written.
  }
}
