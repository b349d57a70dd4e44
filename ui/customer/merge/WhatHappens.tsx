import { List, Text } from '@mantine/core'
import type { MergePreview } from '../../../api/contract/merges.ts'
import { useText } from '../../shared/useText.tsx'

const COUNTS = [
  ...(['bookings', 'memberships', 'payments', 'reviews', 'interactions', 'messages', 'rewards', 'notes'] as const),
  ...(['tags', 'suppressions', 'by_hand', 'automations'] as const),
] as const

/** What a merge does, in sentences: what moves, what holds from then on, what ends. */
export function WhatHappens({ seen }: { seen: MergePreview }) {
  const text = useText()
  const { stays, goes, counts, consents, automations } = seen
  const moved = COUNTS.filter((name) => counts[name] > 0).map((name) =>
    text(`merge.count.${name}`, { count: counts[name] }),
  )
  const said = (given: boolean | null) => (given === null ? 'unknown' : given ? 'given' : 'withdrawn')
  return (
    <section aria-label={text('merge.happens')}>
      <Text fz="sm" fw={600} mb={4}>
        {text('merge.happens')}
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>
          {moved.length === 0
            ? text('merge.movesNothing', { other: goes.id })
            : text('merge.moves', { name: stays.name, what: moved.join(', ') })}
        </List.Item>
        {consents.map(({ channel, result, stays: own, goes: others }) => (
          <List.Item key={channel}>
            {text('merge.consent', { channel: text(`channel.${channel}`), result: text(`merge.said.${said(result)}`) })}
            {own !== others &&
              ` ${text('merge.consentWere', { own: text(`merge.said.${said(own)}`), other: text(`merge.said.${said(others)}`) })}`}
          </List.Item>
        ))}
        {automations.map(({ automation, name, goes_on: side }, at) => (
          // one automation of each provider may stand there several times
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew with each preview
          <List.Item key={`${automation} ${at}`}>
            {text('merge.automation', { name, who: side === 'stays' ? stays.id : goes.id })}
          </List.Item>
        ))}
        {seen.cancelled_messages > 0 && (
          <List.Item>{text('merge.cancelled', { count: seen.cancelled_messages })}</List.Item>
        )}
        <List.Item>{text('merge.segments', { status: text(`status.${seen.status}`) })}</List.Item>
      </List>
    </section>
  )
}
