import { useIntl } from 'react-intl'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { waitingOf } from '../../client/campaigns.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './Figures.module.css'

/** The numbers of a mailing, side by side. */
export function Figures({ campaign }: { campaign: Campaign }) {
  const text = useText()
  const intl = useIntl()
  const figures = [
    ['total', campaign.total],
    ['waiting', waitingOf(campaign)],
    ['sent', campaign.sent],
    ['delivered', campaign.delivered],
    ['failed', campaign.failed],
    ['unconfirmed', campaign.unconfirmed],
    ...(campaign.cancelled > 0 ? [['cancelled', campaign.cancelled] as const] : []),
  ] as const
  return (
    <dl className={classes.figures}>
      {figures.map(([name, count]) => (
        <div key={name} data-testid={`figure-${name}`}>
          <dt>{text(`composer.progress.${name}`)}</dt>
          <dd
            className="numbers"
            data-attention={(count > 0 && (name === 'failed' || name === 'unconfirmed')) || undefined}
          >
            {intl.formatNumber(count)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
