import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import type { SendOptions } from './sendOptions.ts'
import { useMinutesText } from './useMinutesText.ts'

/** When and how a message goes out, for the last question: what is as always is not said. */
export function OptionFacts({ options, mail }: { options: SendOptions; mail: boolean }) {
  const text = useText()
  const intl = useIntl()
  const minutesText = useMinutesText()
  const { at, spreadMinutes, holdout, compared } = options
  return (
    <>
      {at !== null && (
        <>
          <dt>{text('composer.options.when')}</dt>
          <dd>{intl.formatDate(new Date(`${at}Z`), { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' })}</dd>
        </>
      )}
      {spreadMinutes !== null && (
        <>
          <dt>{text('composer.options.spread')}</dt>
          <dd>{minutesText(spreadMinutes)}</dd>
        </>
      )}
      {holdout > 0 && (
        <>
          <dt>{text('composer.options.holdout')}</dt>
          <dd>{intl.formatNumber(holdout / 100, { style: 'percent' })}</dd>
        </>
      )}
      {compared !== null && mail && (
        <>
          <dt>{text('composer.compare.other')}</dt>
          <dd dir="auto">
            {compared.subject || compared.template?.name || text(`composer.compare.what.${compared.what}`)}
            {' · '}
            {text('composer.compare.shareOf', { share: compared.share / 100 })}
          </dd>
        </>
      )}
    </>
  )
}
