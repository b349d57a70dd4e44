import { useCallback, useEffect, useRef, useState } from 'react'
import { EMPTY_DOCUMENT, isEmptyDocument, type MessageDocument } from '../document/document.ts'
import type { ChosenTemplate } from '../template/chosenTemplate.ts'
import { browserStorage, type Draft, type Keeping, keepDraft, readDraft, removeDraft } from './draftStore.ts'

type Content = { subject: string; document: MessageDocument; template: ChosenTemplate | null }

/** The draft as the page shows it. */
export type DraftState = Content & {
  /** Counts up whenever the content was replaced from outside the editors. */
  revision: number
  /** When the last stroke was kept; null while there is nothing to keep. */
  keptAt: Date | null
  keeping: Keeping
  /** What was discarded and can be had back. */
  discarded: Content | null
  /** The same draft was changed in another window of this browser. */
  foreign: Draft | null
  change: (part: Partial<Content>) => void
  discard: () => void
  restore: () => void
  takeForeign: () => void
  keepMine: () => void
  /** The mail is on its way: the draft has done its work. */
  finish: () => void
}

const EMPTY: Content = { subject: '', document: EMPTY_DOCUMENT, template: null }
const isEmpty = ({ subject, document, template }: Content) =>
  subject === '' && template === null && isEmptyDocument(document)
const contentOf = ({ subject, document, template = null }: Draft): Content => ({ subject, document, template })

/** Keeps what is written at each stroke under `key`, so that it outlives reloads, crashes and a closed window. */
export function useDraft(key: string): DraftState {
  const [storage] = useState(browserStorage)
  const [kept] = useState(() => readDraft(storage, key))
  const [content, setContent] = useState<Content>(kept === null ? EMPTY : contentOf(kept))
  const [revision, setRevision] = useState(0)
  const [keptAt, setKeptAt] = useState(kept === null ? null : new Date(kept.keptAt))
  const [keeping, setKeeping] = useState<Keeping>(storage === null ? 'refused' : 'kept')
  const [discarded, setDiscarded] = useState<Content | null>(null)
  const [foreign, setForeign] = useState<Draft | null>(null)
  const latest = useRef(content)

  const keep = useCallback(
    (next: Content) => {
      if (isEmpty(next)) {
        removeDraft(storage, key)
        setKeptAt(null)
        return
      }
      const now = new Date()
      const result = keepDraft(storage, key, { ...next, keptAt: now.toISOString() })
      setKeeping(result)
      if (result === 'kept') setKeptAt(now)
    },
    [storage, key],
  )
  const replace = useCallback(
    (next: Content) => {
      latest.current = next
      setContent(next)
      setRevision((before) => before + 1)
      keep(next)
    },
    [keep],
  )

  const change = useCallback(
    (part: Partial<Content>) => {
      latest.current = { ...latest.current, ...part }
      setContent(latest.current)
      setDiscarded(null)
      keep(latest.current)
    },
    [keep],
  )
  const discard = useCallback(() => {
    const before = latest.current
    replace(EMPTY)
    setDiscarded(before)
  }, [replace])
  const restore = useCallback(() => {
    if (discarded !== null) replace(discarded)
    setDiscarded(null)
  }, [discarded, replace])
  const takeForeign = useCallback(() => {
    if (foreign !== null) replace(contentOf(foreign))
    setForeign(null)
  }, [foreign, replace])
  const keepMine = useCallback(() => {
    keep(latest.current)
    setForeign(null)
  }, [keep])
  const finish = useCallback(() => removeDraft(storage, key), [storage, key])

  // Storage events come from other windows only.
  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key !== key || event.newValue === null) return
      const other = readDraft(storage, key)
      if (other !== null && !sameContent(contentOf(other), latest.current)) setForeign(other)
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [storage, key])

  // Where nothing can be kept, leaving loses the text: the browser asks.
  const loses = keeping !== 'kept' && !isEmpty(content)
  useEffect(() => {
    if (!loses) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [loses])

  return {
    ...content,
    revision,
    keptAt,
    keeping,
    discarded,
    foreign,
    change,
    discard,
    restore,
    takeForeign,
    keepMine,
    finish,
  }
}

const sameContent = (one: Content, other: Content) =>
  one.subject === other.subject &&
  one.template?.id === other.template?.id &&
  JSON.stringify(one.document) === JSON.stringify(other.document)
