import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import type { ImportField, ImportFile, PreviewRow } from '../../api/contract/imports.ts'
import { Day } from '../shared/Instant.tsx'
import { useMoney } from '../shared/useMoney.ts'
import { useText } from '../shared/useText.tsx'
import classes from './imports.module.css'

type Value = PreviewRow['values'][string] | undefined

/** The first rows as they will be stored: not the file's cells, but what they were understood as. */
export function PreviewTable({ file, rows }: { file: ImportFile; rows: readonly PreviewRow[] }) {
  const text = useText()
  const shown = useShownValue()
  const fields = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  const attributes = [...new Set(rows.flatMap((row) => Object.keys(row.attributes)))]
  const labelOf = (field: string) => text(`imports.field.${field as ImportField}`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keyboard, too
    <section className={classes.wide} tabIndex={0} aria-label={text('imports.preview')}>
      <Table aria-label={text('imports.preview')} data-kind={file.kind}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('imports.row')}</Table.Th>
            {fields.map((field) => (
              <Table.Th key={field}>{labelOf(field)}</Table.Th>
            ))}
            {attributes.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ number, values, attributes: own, refused }) => (
            <Table.Tr key={number} className={refused ? classes.refused : undefined}>
              <Table.Td className="numbers">{number}</Table.Td>
              {fields.map((field) => (
                <Table.Td key={field}>
                  <div className={classes.cell}>{shown(field, values[field])}</div>
                </Table.Td>
              ))}
              {attributes.map((name) => (
                <Table.Td key={name}>
                  <div className={classes.cell}>{shown('', own[name])}</div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function useShownValue(): (field: string, value: Value) => ReactNode {
  const intl = useIntl()
  const text = useText()
  const { format: money } = useMoney()
  return (field, value) => {
    if (value === undefined) return ''
    if (value === null) return <em>{text('imports.cleared')}</em>
    if (typeof value === 'boolean') return text(value ? 'imports.yes' : 'imports.no')
    if (Array.isArray(value)) return value.join(', ')
    if (typeof value === 'number') {
      return field === 'price' || field === 'amount' ? money(value) : intl.formatNumber(value)
    }
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return <Day day={value} />
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
      return intl.formatDate(value, { dateStyle: 'medium', timeStyle: 'short' })
    return value
  }
}
