import { useSyncExternalStore } from 'react'
import { type DraftChoice, draftChoice } from '../../api/contract/campaignDrafts.ts'

/**
 * Whom the next message goes to, as picked on another page: what the API takes, how many customers that was when it was
 * picked, and its name for headings ("Slipping away").
 */
export type RecipientChoice = DraftChoice

const KEY = 'perennial.recipients'
const listeners = new Set<() => void>()

/** The stored text as a choice; null when there is none or when it is not one. */
export function parseChoice(stored: string | null): RecipientChoice | null {
  if (stored === null) return null
  try {
    const result = draftChoice.safeParse(JSON.parse(stored))
    return result.success ? result.data : null
  } catch {
    return null
  }
}

/** Remembers whom to write to; it outlives reloads, and each window of the browser has its own. */
export function keepRecipients(next: RecipientChoice | null): void {
  if (next === null) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, JSON.stringify(next))
  for (const listener of listeners) listener()
}

let last: { stored: string | null; parsed: RecipientChoice | null } = { stored: null, parsed: null }

function current(): RecipientChoice | null {
  const stored = sessionStorage.getItem(KEY)
  if (stored !== last.stored) last = { stored, parsed: parseChoice(stored) }
  return last.parsed
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whom the mail being written goes to; null when nobody was picked yet. */
export function useRecipients(): RecipientChoice | null {
  return useSyncExternalStore(subscribe, current)
}
