import { z } from 'zod'
import type { DocumentNode, MessageDocument } from '../document/document.ts'
import { keepAllowed } from '../document/keepAllowed.ts'
import { type ChosenTemplate, chosenTemplate } from '../template/chosenTemplate.ts'

/** A mail that is being written. */
export type Draft = {
  subject: string
  document: MessageDocument
  /** The template that is sent in place of the document. */
  template?: ChosenTemplate | null | undefined
  /** When the last stroke was kept, as an ISO instant. */
  keptAt: string
}

/** Whether a draft could be kept: not when the browser's storage is full or not allowed (private windows, policies). */
export type Keeping = 'kept' | 'full' | 'refused'

/** The part of the browser's `localStorage` that drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const stored = z.object({
  subject: z.string(),
  document: z.custom<DocumentNode>((value) => typeof value === 'object' && value !== null),
  template: chosenTemplate.nullish(),
  keptAt: z.iso.datetime(),
})

/** The browser's storage, or null where it may not be used (reading the property can throw). */
export function browserStorage(): DraftStorage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** Reads the draft kept under `key`; null when there is none or it cannot be read. */
export function readDraft(storage: DraftStorage | null, key: string): Draft | null {
  try {
    const text = storage?.getItem(key) ?? null
    if (text === null) return null
    const draft = stored.safeParse(JSON.parse(text))
    return draft.success ? { ...draft.data, document: keepAllowed(draft.data.document) } : null
  } catch {
    return null
  }
}

/** Keeps a draft, in place of the one before. */
export function keepDraft(storage: DraftStorage | null, key: string, draft: Draft): Keeping {
  if (storage === null) return 'refused'
  try {
    storage.setItem(key, JSON.stringify(draft))
    return 'kept'
  } catch (error) {
    return isFull(error) ? 'full' : 'refused'
  }
}

/** Forgets the draft kept under `key`. */
export function removeDraft(storage: DraftStorage | null, key: string): void {
  try {
    storage?.removeItem(key)
  } catch {
    // A storage that may not be written to has kept nothing that could be removed.
  }
}

/** Browsers differ in the name: `QuotaExceededError`, in older Firefox `NS_ERROR_DOM_QUOTA_REACHED`. */
const isFull = (error: unknown) => /quota/i.test(String(error))
