import { FormattedMessage } from 'react-intl'
import type { Path } from '../../../../rules/rule.ts'
import { CountText } from '../CountText.tsx'
import classes from './cards.module.css'

/** “606 out”: those who do not pass, beside their card. Said with the card's own label, so not said twice. */
export function OutText({ path }: { path: Path }) {
  return (
    <span className={classes.out} aria-hidden="true">
      <FormattedMessage id="canvas.out" values={{ count: <CountText of={{ path, of: 'no' }} /> }} />
    </span>
  )
}
