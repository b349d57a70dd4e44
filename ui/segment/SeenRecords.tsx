import type { Explanation } from '../../api/contract/segments.ts'
import { Day, Instant } from '../shared/Instant.tsx'
import { Money } from '../shared/Money.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Explanation.module.css'

type SeenRecord = Explanation['nodes'][number]['records'][number]

/** What was told us that decides a condition: each record with its day, what it is about and the caller's identifier. */
export function SeenRecords({ records }: { records: readonly SeenRecord[] }) {
  const text = useText()
  if (records.length === 0) return null
  return (
    <ul className={classes.records} aria-label={text('why.records')}>
      {records.map((record) => (
        <li key={`${record.kind} ${record.id}`}>
          {text(`why.record.${record.kind}`)} {record.at !== null && <When at={record.at} />}
          {record.text !== null && (
            <>
              {' · '}
              {record.kind === 'payment' ? <Money minor={Number(record.text)} /> : record.text}
            </>
          )}
          {' · '}
          <code>{record.id}</code>
        </li>
      ))}
    </ul>
  )
}

function When({ at }: { at: string }) {
  return /^\d{4}-\d\d-\d\d$/.test(at) ? <Day day={at} /> : <Instant at={at} time />
}
