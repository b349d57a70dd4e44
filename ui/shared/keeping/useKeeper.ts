import { useCallback, useEffect, useRef, useState } from 'react'
import { waitForKeeping } from '../../client/versions.ts'
import { type DraftStore, Keeper, type Keeping } from './keeper.ts'

/** A draft is kept when nothing has been changed for this long, and tried again after a failure, in milliseconds. */
const REST = 600
const AGAIN = 4_000

type Kept<Draft, Page> = {
  keeper: Keeper<Draft, Page>
  keeping: Keeping<Draft>
  /** Keeps at once what is not kept yet. */
  keep: () => Promise<void>
  /** Whether all that is on the page is kept. */
  isKept: () => boolean
}

/**
 * Keeps what is on a page by itself, so that a reload goes on where it was; the last of it as the page is left.
 *
 * @param store how; taken from the first rendering
 * @param seen the draft that was there when the page was opened; likewise
 * @param page what is on it, the same object as long as nothing changes
 * @param active false while there is nothing that a draft could be kept of
 */
export function useKeeper<Draft, Page>(
  store: DraftStore<Draft, Page>,
  seen: Draft | null,
  page: Page,
  active = true,
): Kept<Draft, Page> {
  const [keeping, tell] = useState<Keeping<Draft>>(() => new Keeper(store, seen, () => {}).keeping)
  const [keeper] = useState(() => new Keeper(store, seen, tell))
  const now = useRef(page)
  now.current = page
  const keep = useCallback(() => keeper.keep(() => now.current), [keeper])
  const isKept = useCallback(() => keeper.isKept(now.current), [keeper])

  useEffect(() => {
    if (!active || keeper.isKept(page)) return
    const timer = setTimeout(keep, keeping.kind === 'failed' ? AGAIN : REST)
    return () => clearTimeout(timer)
  }, [active, keeper, keep, keeping, page])

  useEffect(
    () => () => {
      if (active && !isKept()) waitForKeeping(keep())
    },
    [active, keep, isKept],
  )
  return { keeper, keeping, keep, isKept }
}
