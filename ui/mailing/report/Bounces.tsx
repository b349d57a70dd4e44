import { Text } from '@mantine/core'
import type { Report } from '../../../api/contract/reports.ts'
import { useBounceText } from '../../deliveries/useDetailText.ts'
import { useText } from '../../shared/useText.tsx'
import { NumbersTable } from './NumbersTable.tsx'
import { Part } from './Part.tsx'

/** Why messages came back: the kind of reason, with the words of the mail servers. */
export function Bounces({ id, bounces }: { id: string; bounces: Report['bounces'] }) {
  const text = useText()
  const bounceText = useBounceText()
  return (
    <Part question={text('report.bounces')}>
      <NumbersTable
        id={id}
        label={text('report.bounces')}
        columns={[text('report.why'), text('report.messages')]}
        lines={bounces.map(({ class: kind, reason, count }) => ({
          key: `${kind} ${reason}`,
          name: (
            <>
              {bounceText(kind)}
              <Text fz="xs" c="dimmed">
                {reason}
              </Text>
            </>
          ),
          cells: [{ value: count, search: { state: 'bounced', bounce: kind } }],
        }))}
      />
    </Part>
  )
}
