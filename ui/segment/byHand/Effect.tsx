import { FormattedMessage } from 'react-intl'
import type { z } from 'zod'
import type { decideMany } from '../../../api/contract/segmentMembers.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import classes from './byHand.module.css'

/** So many names are said; of the others how many they are. */
const SAID = 8

const MISSED = ['unknown', 'ambiguous', 'unrelated'] as const

/** What deciding would change, and about whom it would not: who is not found, not one, or not the provider's own. */
export function Effect({ effect }: { effect: z.infer<typeof decideMany.answer> }) {
  const text = useText()
  const said = (names: readonly string[]): string => {
    const some = names.slice(0, SAID).join(', ')
    return names.length > SAID ? text('byHand.and', { names: some, count: names.length - SAID }) : some
  }
  const { changed, unchanged, entered, left } = effect
  return (
    <div role="status">
      <FormattedMessage id="byHand.effect" values={{ ...richTags, changed, unchanged, entered, left }} />
      <ul className={classes.missed}>
        {MISSED.filter((kind) => effect[kind].length > 0).map((kind) => (
          <li key={kind}>{text(`byHand.${kind}`, { names: said(effect[kind]) })}</li>
        ))}
      </ul>
    </div>
  )
}
