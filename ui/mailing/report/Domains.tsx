import type { Report } from '../../../api/contract/reports.ts'
import { useText } from '../../shared/useText.tsx'
import { NumbersTable } from './NumbersTable.tsx'
import { Part } from './Part.tsx'

/** Whether one mail provider took the messages otherwise than the others. */
export function Domains({ id, domains }: { id: string; domains: Report['domains'] }) {
  const text = useText()
  return (
    <Part question={text('report.domains')}>
      <NumbersTable
        id={id}
        label={text('report.domains')}
        columns={[
          text('report.domain'),
          text('report.recipients'),
          text('report.opened'),
          text('report.clicked'),
          text('report.bounced'),
        ]}
        lines={domains.map(({ domain, recipients, opened, clicked, bounced }) => ({
          key: domain,
          name: domain,
          cells: [
            { value: recipients, search: { domain } },
            { value: opened, search: { domain, reaction: 'opened' } },
            { value: clicked, search: { domain, reaction: 'clicked' } },
            { value: bounced, search: { domain, state: 'bounced' } },
          ],
        }))}
      />
    </Part>
  )
}
