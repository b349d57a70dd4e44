import { Button, Progress, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { useText } from '../shared/useText.tsx'
import classes from './imports.module.css'

type Props = { onFile: (file: File) => void /** From 0 to 1 while one is on its way. */; progress: number | null }

/** Where a file is dropped, or picked by a button. */
export function DropZone({ onFile, progress }: Props) {
  const text = useText()
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isBusy = progress !== null
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file !== undefined && !isBusy) onFile(file)
  }
  return (
    // the button in it does the same without a mouse
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of two ways
    <div
      className={classes.zone}
      data-over={over || undefined}
      data-testid="drop"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={34} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden="true" />
      {isBusy ? (
        <>
          <Text fz="sm" role="status">
            {text(progress < 1 ? 'imports.uploading' : 'imports.lookingAt')}
          </Text>
          <Progress
            w="min(320px, 100%)"
            value={progress * 100}
            animated={progress === 1}
            aria-label={text('imports.uploading')}
          />
        </>
      ) : (
        <>
          <Text fw={600}>{text('imports.drop')}</Text>
          <Button variant="default" onClick={() => input.current?.click()}>
            {text('imports.choose')}
          </Button>
          <Text fz="xs" c="dimmed">
            {text('imports.limits')}
          </Text>
        </>
      )}
      <input
        ref={input}
        type="file"
        hidden
        data-testid="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // the same file again is a choice, too
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </div>
  )
}
