import { Group, TagsInput, Text } from '@mantine/core'
import { cleanTag } from '../../api/contract/tags.ts'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import { useKnownTags } from './useKnownTags.ts'

type Props = {
  label: string
  tags: string[]
  onChange: (tags: string[]) => void
  disabled?: boolean
  autoFocus?: boolean
  /** The label stands above already: it is only spoken. */
  isLabelled?: boolean
}

/** A field for tags: those that there are come with how many have them, any other word is typed. */
export function TagField({ label, tags, onChange, disabled = false, autoFocus = false, isLabelled = false }: Props) {
  const text = useText()
  const known = useKnownTags()
  const counts = new Map(known.map(({ tag, customers }) => [tag, customers]))
  return (
    <TagsInput
      {...(isLabelled ? { 'aria-label': label } : { label })}
      placeholder={tags.length === 0 ? text('tag.placeholder') : ''}
      data={known.map(({ tag }) => tag)}
      value={tags}
      onChange={(next) => onChange([...new Set(next.map(cleanTag).filter((tag) => tag !== ''))])}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" w="100%">
          <span>{option.value}</span>
          <Text span fz="sm" c="dimmed">
            <Count value={counts.get(option.value) ?? 0} />
          </Text>
        </Group>
      )}
      limit={50}
      maxTags={50}
      maxLength={100}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      clearable
      disabled={disabled}
      data-autofocus={autoFocus || undefined}
    />
  )
}
