import { FormattedMessage } from 'react-intl'
import { useSession } from '../../client/session.ts'
import { Instant } from '../Instant.tsx'
import { useText } from '../useText.tsx'
import type { Keeping, KeptBy } from './keeper.ts'

/** Whether the draft on the page is safe, and since when and by whom it is kept. */
export function KeptWords({ keeping }: { keeping: Keeping<KeptBy> }) {
  const text = useText()
  const { user } = useSession()
  if (keeping.kind === 'failed') return text('draft.failed')
  if (keeping.kind !== 'kept') return text('draft.keeping')
  const { at, by: who } = keeping.draft
  return (
    <FormattedMessage
      id={who === user.email ? 'draft.kept' : 'draft.keptBy'}
      values={{ at: <Instant at={at} time />, who }}
    />
  )
}
