import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { isMergeTagName, MERGE_TAG_NAMES, type MergeTagName } from '../../../api/contract/mergeTags.ts'
import { useText } from '../../shared/useText.tsx'
import { MERGE_TAG_LABELS } from './mergeTagLabel.ts'

type Props = {
  /** What it holds when it opens; an empty name for a new merge tag. */
  name: string
  fallback: string
  onChoose: (name: MergeTagName, fallback: string) => void
  onRemove?: (() => void) | undefined
  /** The reader wanted a brace and nothing else. */
  onBrace?: (() => void) | undefined
}

/** Which merge tag, and what stands there for a customer who has no such thing. */
export function MergeTagForm(props: Props) {
  const text = useText()
  const [name, setName] = useState<MergeTagName>(isMergeTagName(props.name) ? props.name : 'customer.first_name')
  const [fallback, setFallback] = useState(props.fallback)
  const field = useRef<HTMLInputElement>(null)
  const changing = props.name !== ''
  const canBeMissing = name.startsWith('customer.')
  const choose = () => props.onChoose(name, canBeMissing ? fallback.replace(/\s+/g, ' ').trim() : '')

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    const inList = event.target instanceof HTMLInputElement && event.target.type === 'radio'
    if (event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    if (inList && canBeMissing) field.current?.focus()
    else choose()
  }

  return (
    <Stack gap="sm" onKeyDown={onKeyDown}>
      <Radio.Group
        label={text('composer.tag.which')}
        value={name}
        onChange={(value) => isMergeTagName(value) && setName(value)}
      >
        <Stack gap={8} mt={8}>
          {MERGE_TAG_NAMES.map((known) => (
            <Radio
              key={known}
              value={known}
              label={text(MERGE_TAG_LABELS[known])}
              size="sm"
              data-autofocus={known === name || undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {canBeMissing && (
        <TextInput
          ref={field}
          label={text('composer.tag.fallback')}
          description={text('composer.tag.fallbackHint')}
          placeholder={text('composer.tag.fallbackExample')}
          value={fallback}
          maxLength={100}
          onChange={(event) => setFallback(event.currentTarget.value)}
        />
      )}
      {canBeMissing && fallback.trim() === '' && (
        <Text fz="xs" c="dimmed">
          {text('composer.tag.noFallback')}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        {props.onRemove && (
          <Button variant="subtle" color="red" size="xs" mr="auto" onClick={props.onRemove}>
            {text('composer.tag.remove')}
          </Button>
        )}
        {props.onBrace && (
          <Button variant="subtle" color="gray" size="xs" mr="auto" onClick={props.onBrace}>
            {text('composer.tag.brace')}
          </Button>
        )}
        <Button size="xs" onClick={choose}>
          {text(changing ? 'composer.tag.change' : 'composer.tag.insert')}
        </Button>
      </Group>
    </Stack>
  )
}
