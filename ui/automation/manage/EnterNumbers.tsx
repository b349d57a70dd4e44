import { Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import { richTags, useText } from '../../shared/useText.tsx'

type Props = {
  requested: number
  enrolled: number
  left_out: readonly { reason: string; count: number }[]
  stale: boolean
}

const KNOWN = ['inside', 'lately', 'rule'] as const

/** How many would enter, and why the others would not. */
export function EnterNumbers({ requested, enrolled, left_out, stale }: Props) {
  const text = useText()
  return (
    <div style={{ opacity: stale ? 0.6 : 1 }}>
      <Text>
        <FormattedMessage id="automation.start.enters" values={{ ...richTags, requested, enrolled }} />
      </Text>
      {left_out.length > 0 && (
        <ul style={{ margin: '6px 0 0', paddingLeft: 20 }}>
          {left_out.map(({ reason, count }) => {
            const known = KNOWN.find((one) => one === reason)
            return (
              <Text component="li" fz="sm" key={reason} className="numbers">
                {known === undefined ? `${count} × ${reason}` : text(`automation.start.out.${known}`, { count })}
              </Text>
            )
          })}
        </ul>
      )}
    </div>
  )
}
