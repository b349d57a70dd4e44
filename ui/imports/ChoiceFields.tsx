import { Paper, Radio, Stack, Switch, TagsInput } from '@mantine/core'
import type { ImportFile } from '../../api/contract/imports.ts'
import { useText } from '../shared/useText.tsx'
import { useKnownTags } from '../tags/useKnownTags.ts'
import { useChangeImport } from './useChangeImport.ts'

/** How values are understood, and what the rows do. */
export function ChoiceFields({ file: { id, kind, choices, historical } }: { file: ImportFile }) {
  const text = useText()
  const change = useChangeImport(id)
  const known = useKnownTags().map(({ tag }) => tag)
  return (
    <Paper p="md">
      <Stack gap="lg">
        <Switch
          label={text('imports.historical')}
          description={text('imports.historicalHint')}
          checked={historical}
          onChange={(event) => change.mutate({ historical: event.currentTarget.checked })}
        />
        <Choice
          label={text('imports.dates')}
          value={choices.dates}
          options={{ dmy: text('imports.dates.dmy'), mdy: text('imports.dates.mdy') }}
          onChange={(dates) => change.mutate({ choices: { dates } })}
        />
        {kind !== 'customers' && (
          <Choice
            label={text('imports.decimal')}
            value={choices.decimal}
            options={{ '.': '1,234.50', ',': '1.234,50' }}
            onChange={(decimal) => change.mutate({ choices: { decimal } })}
          />
        )}
        <Choice
          label={text('imports.empty')}
          value={choices.empty}
          options={{ keep: text('imports.empty.keep'), clear: text('imports.empty.clear') }}
          onChange={(empty) => change.mutate({ choices: { empty } })}
        />
        <Choice
          label={text('imports.unreadable')}
          value={choices.unreadable}
          options={{ reject: text('imports.unreadable.reject'), leave_out: text('imports.unreadable.leave_out') }}
          onChange={(unreadable) => change.mutate({ choices: { unreadable } })}
        />
        {kind === 'customers' && (
          <TagsInput
            maw={520}
            label={text('imports.tags')}
            placeholder={choices.tags.length === 0 ? text('imports.tagsHint') : ''}
            data={known}
            maxTags={20}
            splitChars={[',']}
            clearable
            value={choices.tags}
            onChange={(tags) => change.mutate({ choices: { tags } })}
          />
        )}
      </Stack>
    </Paper>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: Record<Value, string>
  onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Radio.Group label={label} value={value} onChange={(next) => onChange(next as Value)}>
      <Stack gap={6} mt={6}>
        {(Object.entries(options) as [Value, string][]).map(([one, name]) => (
          <Radio key={one} value={one} label={name} size="sm" />
        ))}
      </Stack>
    </Radio.Group>
  )
}
