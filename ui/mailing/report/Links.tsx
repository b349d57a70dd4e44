import { Text } from '@mantine/core'
import type { Report } from '../../../api/contract/reports.ts'
import { useText } from '../../shared/useText.tsx'
import { NumbersTable } from './NumbersTable.tsx'
import { Part } from './Part.tsx'
import classes from './Report.module.css'

/** Which links were followed, by how many people and how often. */
export function Links({ id, links, more }: { id: string; links: Report['links']; more: number }) {
  const text = useText()
  return (
    <Part question={text('report.links')}>
      {links.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {text('report.noLinks')}
        </Text>
      ) : (
        <NumbersTable
          id={id}
          label={text('report.links')}
          columns={[text('report.link'), text('report.people'), text('report.clicks')]}
          lines={links.map(({ url, people, clicks }) => ({
            key: url,
            name: url,
            cells: [
              { value: people, search: { link: url } },
              { value: clicks, search: null },
            ],
          }))}
        />
      )}
      {more > 0 && <p className={classes.note}>{text('report.moreLinks', { count: more })}</p>}
    </Part>
  )
}
