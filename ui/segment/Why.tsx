import { Anchor, Drawer, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import { type Explanation as Explained, explainMember, type Segment } from '../../api/contract/segments.ts'
import { call } from '../client/call.ts'
import type { MessageId } from '../messages/index.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { Explanation } from './Explanation.tsx'

type Props = {
  segment: Pick<Segment, 'id' | 'name' | 'rule'>
  customer: { id: string; name: string } | null
  /** For a segment that is evaluated for each provider. */
  provider?: string | undefined
  /** A past instant (ISO): why then, from what was known then. */
  asOf?: string | undefined
  onClose: () => void
}

/** By hand goes before the rule. */
function sentence({ member, by_hand }: Explained): MessageId {
  if (by_hand !== undefined) return by_hand === 'in' ? 'byHand.whyIn' : 'byHand.whyOut'
  return member ? 'why.in' : 'why.out'
}

/** Why a customer is in a segment: each condition in plain words, with the value that decided it. */
export function Why({ segment, customer, provider, asOf, onClose }: Props) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const id = customer?.id ?? ''
  const name = customer?.name ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: ['segment', segment.id, 'explain', id, provider, asOf],
    queryFn: ({ signal }) =>
      call(explainMember, { params: { id: segment.id }, query: { customer: id, provider, as_of: asOf }, signal }),
    enabled: customer !== null,
  })
  return (
    <Drawer
      opened={customer !== null}
      onClose={onClose}
      position="right"
      title={text(data?.member === false ? 'why.titleOut' : 'why.title', { name })}
    >
      {data ? (
        <Stack gap="md">
          {asOf !== undefined && (
            <Text fz="sm" c="dimmed">
              <FormattedMessage id="backtest.asOf" values={{ at: <Instant at={asOf} time /> }} />
            </Text>
          )}
          <Text>{text(sentence(data), { name, segment: nameOf(segment) })}</Text>
          <Explanation rule={segment.rule} nodes={data.nodes} />
          {data.until !== undefined && (
            <Text fz="sm" c="dimmed">
              <FormattedMessage id="why.until" values={{ until: <Instant at={data.until} /> }} />
            </Text>
          )}
          {asOf === undefined && (
            <Anchor
              fz="sm"
              renderRoot={(props: object) => (
                <Link {...props} to="/segments/$id/rule" params={{ id: segment.id }} search={{ customer: id }} />
              )}
            >
              {text('why.openRule')}
            </Anchor>
          )}
        </Stack>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowsLoading rows={4} />
      )}
    </Drawer>
  )
}
