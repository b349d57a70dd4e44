import { Checkbox, Group, NativeSelect } from '@mantine/core'
import type { ImportFile } from '../../api/contract/imports.ts'
import { useText } from '../shared/useText.tsx'
import { useChangeImport } from './useChangeImport.ts'

const ENCODINGS = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows (1252)',
  'iso-8859-15': 'ISO 8859-15',
  macintosh: 'Macintosh',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
} as const
type Encoding = keyof typeof ENCODINGS

const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const
type Separator = keyof typeof SEPARATORS

/** How the file was read, to be put right where that was guessed wrong. */
export function ReadingFields({ file: { id, reading } }: { file: ImportFile }) {
  const text = useText()
  const change = useChangeImport(id)
  if (reading === null) return null
  const { format, encoding, separator, sheet, sheets, titles } = reading
  const set = (reading: NonNullable<Parameters<typeof change.mutate>[0]['reading']>) => change.mutate({ reading })
  return (
    <Group px="md" pb="md" gap="md" align="flex-end">
      {format === 'csv' ? (
        <>
          <NativeSelect
            size="xs"
            label={text('imports.encoding')}
            value={encoding}
            data={Object.entries(ENCODINGS).map(([value, label]) => ({ value, label }))}
            onChange={(event) => set({ encoding: event.currentTarget.value as Encoding })}
          />
          <NativeSelect
            size="xs"
            label={text('imports.separator')}
            value={separator}
            data={Object.entries(SEPARATORS).map(([value, name]) => ({
              value,
              label: text(`imports.separator.${name}`),
            }))}
            onChange={(event) => set({ separator: event.currentTarget.value as Separator })}
          />
        </>
      ) : (
        <NativeSelect
          size="xs"
          label={text('imports.sheet')}
          value={sheet ?? ''}
          data={sheets}
          onChange={(event) => set({ sheet: event.currentTarget.value })}
        />
      )}
      <Checkbox
        pb={6}
        label={text('imports.titles')}
        checked={titles}
        onChange={(event) => set({ titles: event.currentTarget.checked })}
      />
    </Group>
  )
}
