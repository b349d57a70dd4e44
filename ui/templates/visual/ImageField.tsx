import { Button, Checkbox, FileButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './Inspector.module.css'
import { LARGEST, PICTURES, useImageUpload } from './useImageUpload.ts'

type Props = {
  src: string
  /** Null: nobody has said it yet. */
  alt: string | null
  onSrc: (src: string) => void
  onAlt: (alt: string) => void
}

/** A picture: which, uploaded or by its address, and what it shows in words for those who don't see it. */
export function ImageField({ src, alt, onSrc, onAlt }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [tooLarge, setTooLarge] = useState(false)
  const upload = useImageUpload((path) => onSrc(path))
  const isSaid = alt !== null && alt !== ''
  const choose = (file: File | null) => {
    if (file === null) return
    setTooLarge(file.size > LARGEST)
    if (file.size <= LARGEST) upload.mutate({ file, alt: alt ?? '' })
  }
  const problem = tooLarge ? text('template.image.tooLarge') : upload.isError ? problemText(upload.error) : null
  return (
    <Stack gap={8}>
      {src !== '' && !src.includes('{') && <img src={src} alt={alt ?? ''} className={classes.picture} />}
      <Group gap="xs">
        <FileButton onChange={choose} accept={PICTURES.join(',')}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={upload.isPending}
              leftSection={<IconUpload size={15} aria-hidden="true" />}
            >
              {text('template.image.upload')}
            </Button>
          )}
        </FileButton>
        {src === '' && (
          <Text fz="xs" c="dimmed">
            {text('template.image.none')}
          </Text>
        )}
      </Group>
      {problem !== null && (
        <Text fz="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
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
    </Stack>
  )
}
