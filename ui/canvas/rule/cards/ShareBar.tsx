import type { Path } from '../../../../rules/rule.ts'
import { useStoreValue } from '../../flow/store.ts'
import { shareAt } from '../counts.ts'
import type { Kind } from '../kinds.ts'
import { useRuleView, useStale } from '../ruleView.ts'
import classes from './cards.module.css'

/** How large the part is that passes, of those who arrive. */
export function ShareBar({ path, hue }: { path: Path; hue: Kind['hue'] }) {
  const { counts } = useRuleView()
  const share = useStoreValue(counts, (all) => shareAt(all, path))
  const stale = useStale()
  return (
    <span className={`${classes.bar} ${classes[hue]}`}>
      <span className={classes.share} data-stale={stale || undefined} style={{ width: `${(share ?? 0) * 100}%` }} />
    </span>
  )
}
