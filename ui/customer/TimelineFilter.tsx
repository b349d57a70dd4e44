import { Group } from '@mantine/core'
import type { TimelineKind } from '../../api/contract/timeline.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

/** What readers take for one kind of thing, with the kinds of entries that it is. */
const GROUPS = {
  bookings: ['booking'],
  messages: ['delivery', 'interaction'],
  notes: ['note'],
  segments: ['segment'],
  statuses: ['status'],
  automations: ['enrolment', 'step', 'ending'],
  rewards: ['reward', 'redemption', 'expiry'],
  payments: ['payment'],
  reviews: ['review'],
  merges: ['merge'],
} as const satisfies Record<string, readonly TimelineKind[]>
export type TimelineGroup = keyof typeof GROUPS

const NAMES = Object.keys(GROUPS) as TimelineGroup[]

/** The kinds of entries of some groups; undefined for none, which means all. */
export const kindsOf = (groups: readonly TimelineGroup[]): TimelineKind[] | undefined =>
  groups.length === 0 ? undefined : groups.flatMap((group) => [...GROUPS[group]])

type Props = { chosen: readonly TimelineGroup[]; onChange: (chosen: TimelineGroup[]) => void }

/** Which kinds of things a timeline shows. */
export function TimelineFilter({ chosen, onChange }: Props) {
  const text = useText()
  return (
    <Group gap={8} className={classes.filters} role="group" aria-label={text('timeline.filters')}>
      <ChoicesFilter
        title={text('timeline.kinds')}
        choices={NAMES.map((value) => ({ value, count: null }))}
        chosen={chosen}
        labelOf={(value) => text(`timeline.kind.${NAMES.find((name) => name === value) ?? 'notes'}`)}
        onChange={(values) => onChange(NAMES.filter((name) => values.includes(name)))}
      />
    </Group>
  )
}
