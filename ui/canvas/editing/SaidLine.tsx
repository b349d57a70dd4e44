import { VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import { notifyRefused } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { type Store, useStoreValue } from '../flow/store.ts'
import type { Said } from './useEditing.ts'

type Props = {
  said: Store<Said | null>
  /** Whom the rule catches now; undefined while that is not known. */
  count: number | undefined
}

/** What the last edit did, for those who listen, with the number that came of it; why it was refused, for everybody. */
export function SaidLine({ said, count }: Props) {
  const text = useText()
  const last = useStoreValue(said, (state) => state)
  useEffect(() => {
    if (last?.refused) notifyRefused(last.text)
  }, [last])
  const counted = last === null || last.refused || count === undefined ? '' : text('canvas.did.count', { count })
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {last?.text} {counted}
    </VisuallyHidden>
  )
}
