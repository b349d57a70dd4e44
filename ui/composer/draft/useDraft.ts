import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useKeeper } from '../../shared/keeping/useKeeper.ts'
import type { RecipientChoice } from '../../shared/recipients.ts'
import { readPending } from '../send/pendingSend.ts'
import { campaignDrafts, findDraft, isWorthKeeping, type KeptCampaign, type OnPage } from './campaignDrafts.ts'
import { browserStorage, type Keeping, keepDraft, readDraft, removeDraft } from './draftStore.ts'
import { openDraft } from './openDraft.ts'
import { isSame, type Written } from './written.ts'

/** Another draft of the same message; null: it was sent or discarded elsewhere. */
type Foreign = { written: Written; at: string } | null

/** The draft as the page shows it. */
export type DraftState = {
  written: Written
  /** Counts up whenever the content was replaced from outside the editors. */
  revision: number
  /** When the last stroke was kept; null while there is nothing to keep. */
  keptAt: Date | null
  /** Whether this browser keeps it. */
  local: Keeping
  /** Whether the server does, where every browser finds it; false also while it is being told. */
  onServer: boolean
  /** The server could not be told. */
  failed: boolean
  /** What was discarded and can be had back. */
  discarded: Written | null
  /** The same draft was changed elsewhere; undefined: it was not. */
  foreign: Foreign | undefined
  change: (part: Partial<Written>) => void
  /** As `change`, for what did not come from the editors: they take it over. */
  replace: (part: Partial<Written>) => void
  /** What is written now, also before the page has shown it. */
  latest: () => Written
  discard: () => void
  restore: () => void
  takeForeign: () => void
  keepMine: () => void
  /** Tells the server at once what it does not have yet. */
  flush: () => Promise<void>
  /** The message is on its way: the draft has done its work. */
  finish: () => void
}

type Options = {
  /** Under which name this browser keeps it, and the server. */
  key: string
  name: string
  choice: RecipientChoice
  /** The draft on the server when the page was opened. */
  kept: KeptCampaign | null
  /** What it is without any draft. */
  begin: Written
}

/**
 * Keeps what is written at each stroke in this browser, so that it outlives a lost connection, and at each pause on the
 * server, so that it outlives the browser.
 */
export function useDraft({ key, name, choice, kept, begin }: Options): DraftState {
  const [storage] = useState(browserStorage)
  // a message that was confirmed stays as it is until somebody knows what became of it
  const [waited] = useState(() => readPending(storage, key) !== null)
  const held = waited && readPending(storage, key) !== null
  const [opened] = useState(() => openDraft(readDraft(storage, key), kept, { begin, held }))
  const [written, setWritten] = useState(opened.written)
  const [revision, setRevision] = useState(0)
  const [keptAt, setKeptAt] = useState(opened.keptAt === null ? null : new Date(opened.keptAt))
  const [local, setLocal] = useState<Keeping>(storage === null ? 'refused' : 'kept')
  const [discarded, setDiscarded] = useState<Written | null>(null)
  const [foreign, setForeign] = useState<Foreign | undefined>(
    opened.theirs === null ? undefined : { written: opened.theirs.written, at: opened.theirs.at },
  )
  const latest = useRef(written)
  const done = useRef(false)

  const page = useMemo<OnPage>(() => ({ written, begin }), [written, begin])
  const [store] = useState(() => campaignDrafts(name, choice, () => done.current))
  // what waits for a decision is not written over
  const { keeper, keeping, keep, isKept } = useKeeper(store, opened.seen, page, foreign === undefined && !held)

  const keepLocal = useCallback(
    (next: Written, unsent: boolean) => {
      if (!isWorthKeeping({ written: next, begin })) {
        removeDraft(storage, key)
        setKeptAt(null)
        return
      }
      const now = new Date()
      const draft = { written: next, keptAt: now.toISOString(), revision: keeper.seen?.revision ?? null, unsent }
      const result = keepDraft(storage, key, draft)
      setLocal(result)
      if (result === 'kept') setKeptAt(now)
    },
    [storage, key, begin, keeper],
  )
  const replace = useCallback(
    (next: Written) => {
      latest.current = next
      setWritten(next)
      setRevision((before) => before + 1)
      keepLocal(next, true)
    },
    [keepLocal],
  )
  const change = useCallback(
    (part: Partial<Written>) => {
      latest.current = { ...latest.current, ...part }
      setWritten(latest.current)
      setDiscarded(null)
      keepLocal(latest.current, true)
    },
    [keepLocal],
  )
  const replacePart = useCallback(
    (part: Partial<Written>) => {
      setDiscarded(null)
      replace({ ...latest.current, ...part })
    },
    [replace],
  )
  const discard = useCallback(() => {
    const before = latest.current
    replace(begin)
    setDiscarded(before)
  }, [replace, begin])
  const restore = useCallback(() => {
    if (discarded !== null) replace(discarded)
    setDiscarded(null)
  }, [discarded, replace])

  const seeTheirs = useCallback(async () => {
    if (keeping.kind === 'conflict') return keeper.see(keeping.theirs)
    // another window of this browser has told us before the server could
    await findDraft(name).then(
      (theirs) => keeper.see(theirs),
      () => {},
    )
  }, [keeper, keeping, name])
  const takeForeign = useCallback(() => {
    replace(foreign?.written ?? begin)
    void seeTheirs().then(() => setForeign(undefined))
  }, [foreign, replace, begin, seeTheirs])
  const keepMine = useCallback(() => {
    void seeTheirs().then(() => {
      keepLocal(latest.current, true)
      setForeign(undefined)
    })
  }, [seeTheirs, keepLocal])
  const finish = useCallback(() => {
    done.current = true
    removeDraft(storage, key)
  }, [storage, key])

  // The server has it: whoever opens it here again need not ask which of the two is newer.
  useEffect(() => {
    if (keeping.kind === 'kept' && !done.current && isKept()) {
      keepLocal(latest.current, false)
      setKeptAt(new Date(keeping.draft.at))
    }
    if (keeping.kind === 'conflict') {
      const { theirs } = keeping
      setForeign(theirs === null ? null : { written: theirs.written, at: theirs.at })
    }
  }, [keeping, isKept, keepLocal])

  // Storage events come from other windows only.
  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key !== key || event.newValue === null) return
      const other = readDraft(storage, key)
      if (other === null) return
      setForeign(isSame(other.written, latest.current) ? undefined : { written: other.written, at: other.keptAt })
    }
    window.addEventListener('storage', onStorage)
    return () => window.removeEventListener('storage', onStorage)
  }, [storage, key])

  // Where nothing can be kept, leaving loses the text: the browser asks.
  const onServer = keeping.kind === 'kept' && isKept()
  const loses = local !== 'kept' && !onServer && isWorthKeeping(page)
  useEffect(() => {
    if (!loses) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [loses])

  return {
    ...{ written, revision, keptAt, local, onServer, discarded, foreign },
    failed: keeping.kind === 'failed',
    replace: replacePart,
    latest: () => latest.current,
    ...{ change, discard, restore, takeForeign, keepMine, flush: keep, finish },
  }
}
