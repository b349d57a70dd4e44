import { FormattedMessage } from 'react-intl'
import type { Path } from '../../../../rules/rule.ts'
import { CountText } from '../CountText.tsx'
import { useTraced } from '../ruleView.ts'
import classes from './cards.module.css'

/** “606 out”: those who do not pass, beside their card. Said with the card's own label, so not said twice. */
export function OutText({ path }: { path: Path }) {
  const traced = useTraced({ path, of: 'no' })
  return (
    <span className={classes.out} data-traced={traced || undefined} data-detail aria-hidden="true">
      <FormattedMessage id="canvas.out" values={{ count: <CountText of={{ path, of: 'no' }} /> }} />
    </span>
  )
}
