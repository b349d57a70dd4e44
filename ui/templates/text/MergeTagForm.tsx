import { Button, Group, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useContext, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import classes from './MergeTagForm.module.css'
import { MergeTagsContext } from './MergeTagsContext.ts'
import { readMergeCode, writeMergeCode } from './mergeCode.ts'

type Props = {
  /** The Liquid that is being changed; empty for a new one. */
  code: string
  onChoose: (code: string) => void
  onRemove?: (() => void) | undefined
  /** The reader wanted a brace and nothing else. */
  onBrace?: (() => void) | undefined
}

/** Which merge tag, and what stands there for somebody who has no such thing; other Liquid is changed as it is written. */
export function MergeTagForm({ code, onChoose, onRemove, onBrace }: Props) {
  const text = useText()
  const entries = useContext(MergeTagsContext)
  const read = readMergeCode(code)
  const [name, setName] = useState(read?.name ?? 'customer.first_name')
  const [fallback, setFallback] = useState(read?.fallback ?? '')
  const [typed, setTyped] = useState('')
  const [written, setWritten] = useState(code)
  const isOther = code !== '' && read === undefined
  const words = typed.trim().toLowerCase()
  const found = entries.filter((entry) => `${entry.label} ${entry.name}`.toLowerCase().includes(words))
  const choose = (chosen: string) =>
    onChoose(isOther ? written : writeMergeCode({ name: chosen, fallback: fallback.trim() }))

  if (isOther) {
    return (
      <Stack gap="xs">
        <TextInput
          label={text('template.tag.liquid')}
          description={text('template.tag.liquidHint')}
          value={written}
          spellCheck={false}
          onChange={(event) => setWritten(event.currentTarget.value)}
          ff="monospace"
          data-autofocus
        />
        <Group justify="space-between" gap="xs">
          {onRemove && (
            <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
              {text('composer.tag.remove')}
            </Button>
          )}
          <Button size="xs" disabled={written.trim() === ''} onClick={() => choose('')}>
            {text('composer.tag.change')}
          </Button>
        </Group>
      </Stack>
    )
  }
  return (
    <Stack gap="xs">
      <TextInput
        label={text('template.tag.search')}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          const [first] = found
          if (first) choose(words === '' ? name : first.name)
        }}
      />
      <ScrollArea.Autosize
        mah={190}
        type="auto"
        viewportProps={{ tabIndex: 0, 'aria-label': text('template.tag.list') }}
      >
        {found.map((entry) => (
          <UnstyledButton
            key={entry.name}
            className={classes.entry}
            data-chosen={entry.name === name || undefined}
            aria-pressed={entry.name === name}
            onClick={() => setName(entry.name)}
            onDoubleClick={() => choose(entry.name)}
          >
            <span>{entry.label}</span>
            <span className={classes.example}>{entry.example}</span>
          </UnstyledButton>
        ))}
        {found.length === 0 && (
          <Text fz="sm" c="dimmed" p={6}>
            {text('template.tag.nothing')}
          </Text>
        )}
      </ScrollArea.Autosize>
      <TextInput
        label={text('composer.tag.fallback')}
        description={text('template.tag.fallbackHint')}
        value={fallback}
        onChange={(event) => setFallback(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && choose(name)}
      />
      <Group justify="space-between" gap="xs">
        {onRemove && (
          <Button size="xs" variant="subtle" color="red" onClick={onRemove}>
            {text('composer.tag.remove')}
          </Button>
        )}
        {onBrace && (
          <Button size="xs" variant="subtle" color="gray" onClick={onBrace}>
            {text('composer.tag.brace')}
          </Button>
        )}
        <Button size="xs" ml="auto" onClick={() => choose(name)}>
          {text(code === '' ? 'composer.tag.insert' : 'composer.tag.change')}
        </Button>
      </Group>
    </Stack>
  )
}
