import { FormattedMessage } from 'react-intl'
import type { Path } from '../../../../rules/rule.ts'
import { CountText } from '../CountText.tsx'
import { useLook, useTraced } from '../ruleView.ts'
import classes from './cards.module.css'

/** “606 out”: those who do not pass, beside their card; a click shows them. */
export function OutText({ path }: { path: Path }) {
  const traced = useTraced({ path, of: 'no' })
  const [looked, look] = useLook({ path, of: 'no' })
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.out}
      data-traced={traced || undefined}
      data-selected={looked || undefined}
      data-detail
      onClick={look}
    >
      <FormattedMessage id="canvas.out" values={{ count: <CountText of={{ path, of: 'no' }} /> }} />
    </button>
  )
}
