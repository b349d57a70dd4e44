import { Checkbox, Stack, Text, TextInput } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import classes from './Inspector.module.css'

type Props = {
  src: string
  /** Null: nobody has said it yet. */
  alt: string | null
  onSrc: (src: string) => void
  onAlt: (alt: string) => void
}

/** A picture: which, and what it shows in words for those who don't see it. */
export function ImageField({ src, alt, onSrc, onAlt }: Props) {
  const text = useText()
  const isSaid = alt !== null && alt !== ''
  return (
    <Stack gap={8}>
      {src !== '' && !src.includes('{') && <img src={src} alt={alt ?? ''} className={classes.picture} />}
      <TextInput
        size="xs"
        label={text('template.attribute.src')}
        value={src}
        placeholder="https://"
        onChange={(event) => onSrc(event.currentTarget.value)}
      />
      <TextInput
        size="xs"
        label={text('template.attribute.alt')}
        description={text('template.image.altHint')}
        value={alt ?? ''}
        error={src !== '' && alt === null ? text('template.image.altMissing') : null}
        onChange={(event) => onAlt(event.currentTarget.value)}
      />
      {!isSaid && src !== '' && (
        <Checkbox size="xs" label={text('template.image.decorative')} checked={alt === ''} onChange={() => onAlt('')} />
      )}
      {src === '' && (
        <Text fz="xs" c="dimmed">
          {text('template.image.none')}
        </Text>
      )}
    </Stack>
  )
}
