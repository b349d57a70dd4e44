import { Group, NativeSelect, Table, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { IMPORT_FIELDS, type ImportFile, type ImportTarget, type PreviewRow } from '../../api/contract/imports.ts'
import { useText } from '../shared/useText.tsx'
import classes from './imports.module.css'
import { useChangeImport } from './useChangeImport.ts'

const ATTRIBUTE_TYPES = ['text', 'number', 'yes_no', 'day'] as const
type AttributeType = (typeof ATTRIBUTE_TYPES)[number]
const NOTHING = ''
const ATTRIBUTE = '~'
/** So many values of a column are shown. */
const SAMPLES = 3

/** Each column of the file with what stands in it and what it is stored as. */
export function ColumnsTable({ file, rows }: { file: ImportFile; rows: readonly PreviewRow[] }) {
  const text = useText()
  const change = useChangeImport(file.id)
  const set = (column: number, target: ImportTarget) => {
    // a field belongs to one column: the one that had it before has nothing
    const taken = (other: ImportTarget) =>
      target !== null && other !== null && 'field' in target && 'field' in other && target.field === other.field
    const mapping = file.mapping.map((other, index) => (index === column ? target : taken(other) ? null : other))
    change.mutate({ mapping })
  }
  // a file may have one title twice: columns are known by their place
  const placed = file.columns.map((title, column) => ({ title, column }))
  return (
    <Table className={classes.columns}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('imports.column')}</Table.Th>
          <Table.Th>{text('imports.samples')}</Table.Th>
          <Table.Th>{text('imports.storedAs')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {placed.map(({ title, column }) => (
          <Table.Tr key={column}>
            <Table.Td>
              <Text fz="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Text>
            </Table.Td>
            <Table.Td c="dimmed">
              <div className={classes.sample}>{samplesOf(rows, column)}</div>
            </Table.Td>
            <Table.Td>
              <TargetField
                file={file}
                title={title}
                target={file.mapping[column] ?? null}
                onChange={(target) => set(column, target)}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const samplesOf = (rows: readonly PreviewRow[], column: number): string => {
  const cells = rows.map(({ cells }) => cells[column]?.trim() ?? '').filter((cell) => cell !== '')
  return [...new Set(cells)].slice(0, SAMPLES).join(' · ') || '—'
}

type TargetProps = {
  file: ImportFile
  title: string
  target: ImportTarget
  onChange: (target: ImportTarget) => void
}

function TargetField({ file: { kind, columns }, title, target, onChange }: TargetProps) {
  const text = useText()
  const isAttribute = target !== null && 'attribute' in target
  const value = target === null ? NOTHING : isAttribute ? ATTRIBUTE : target.field
  const pick = (picked: string) => {
    if (picked === NOTHING) onChange(null)
    else if (picked === ATTRIBUTE) onChange({ attribute: title.slice(0, 64), type: 'text' })
    else onChange({ field: picked })
  }
  return (
    <Group gap="xs" align="flex-start">
      <NativeSelect
        size="xs"
        aria-label={text('imports.storedAsOf', { column: title })}
        value={value}
        data={[
          { value: NOTHING, label: text('imports.leftOut') },
          ...IMPORT_FIELDS[kind].map((field) => ({ value: field, label: text(`imports.field.${field}`) })),
          ...(kind === 'customers' ? [{ value: ATTRIBUTE, label: text('imports.attribute') }] : []),
        ]}
        onChange={(event) => pick(event.currentTarget.value)}
      />
      {isAttribute && (
        <>
          <AttributeName
            key={columns.indexOf(title)}
            title={title}
            name={target.attribute}
            onName={(attribute) => onChange({ ...target, attribute })}
          />
          <NativeSelect
            size="xs"
            aria-label={text('imports.attributeType', { column: title })}
            value={target.type}
            data={ATTRIBUTE_TYPES.map((type) => ({ value: type, label: text(`imports.type.${type}`) }))}
            onChange={(event) => onChange({ ...target, type: event.currentTarget.value as AttributeType })}
          />
        </>
      )}
    </Group>
  )
}

/** Told when it is left, not with every letter: each telling reads the file anew. */
function AttributeName(props: { title: string; name: string; onName: (name: string) => void }) {
  const { title, name, onName } = props
  const text = useText()
  const [typed, setTyped] = useState(name)
  useEffect(() => setTyped(name), [name])
  const tell = () => {
    const next = typed.trim().slice(0, 64)
    if (next === '') setTyped(name)
    else if (next !== name) onName(next)
  }
  return (
    <TextInput
      size="xs"
      aria-label={text('imports.attributeName', { column: title })}
      value={typed}
      maxLength={64}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={tell}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell()
      }}
    />
  )
}
