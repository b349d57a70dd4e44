import { z } from 'zod'
import { draftContent } from '../../../api/contract/campaignDrafts.ts'
import { emptyWritten, fromContent, toContent, type Written } from './written.ts'

/** A message that is being written, as this browser keeps it. */
export type Draft = {
  written: Written
  /** When the last stroke was kept, as an ISO instant. */
  keptAt: string
  /** Of the draft on the server that it goes on from; null when there was none. */
  revision: number | null
  /** Whether there is something in it that the server does not have yet. */
  unsent: boolean
}

/** Whether a draft could be kept: not when the browser's storage is full or not allowed (private windows, policies). */
export type Keeping = 'kept' | 'full' | 'refused'

/** The part of the browser's `localStorage` that drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const about = {
  keptAt: z.iso.datetime(),
  revision: z.int().nullable().default(null),
  unsent: z.boolean().default(true),
}
const stored = z.object({ written: draftContent, ...about })
/** As versions before this one kept it. */
const older = z.object({
  ...about,
  subject: draftContent.shape.subject,
  document: draftContent.shape.document,
  template: draftContent.shape.template.optional(),
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
    const json: unknown = JSON.parse(storage?.getItem(key) ?? 'null')
    const draft = stored.safeParse(json)
    if (draft.success) return { ...draft.data, written: fromContent(draft.data.written) }
    const before = older.safeParse(json)
    if (!before.success) return null
    const { subject, document, template = null, ...rest } = before.data
    return { ...rest, written: fromContent({ ...toContent(emptyWritten()), subject, document, template }) }
  } catch {
    return null
  }
}

/** Keeps a draft, in place of the one before. */
export function keepDraft(storage: DraftStorage | null, key: string, { written, ...about }: Draft): Keeping {
  if (storage === null) return 'refused'
  try {
    storage.setItem(key, JSON.stringify({ ...about, written: toContent(written) }))
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
