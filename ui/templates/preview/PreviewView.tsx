import { Button, Group, SegmentedControl, Switch, Text, Textarea } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { withoutMarks } from '../mjml/mark.ts'
import { MailFrame } from './MailFrame.tsx'
import classes from './PreviewView.module.css'
import { TestData } from './TestData.tsx'
import type { Picture } from './usePicture.ts'

type Props = { editing: TemplateEditing; picture: Picture; isStale: boolean }
type Part = '600' | '360' | 'text' | 'data'

const isPart = (value: string): value is Part => ['600', '360', 'text', 'data'].includes(value)

/** The mail as it will be read: wide, on a phone, in the dark, without pictures, as plain text; and what it is tried with. */
export function PreviewView({ editing, picture, isStale }: Props) {
  const text = useText()
  const [part, setPart] = useState<Part>(() => (window.innerWidth < 600 ? '360' : '600'))
  const [dark, setDark] = useState(false)
  const [images, setImages] = useState(true)
  const look = useMemo(() => ({ dark, images }), [dark, images])
  const html = useMemo(() => withoutMarks(picture.preview.html), [picture.preview.html])
  const isPicture = part === '600' || part === '360'
  return (
    <div className={classes.view}>
      <Group className={classes.bar} gap="sm">
        <SegmentedControl
          size="xs"
          value={part}
          onChange={(value) => isPart(value) && setPart(value)}
          aria-label={text('composer.preview.view')}
          data={[
            {
              value: '600',
              label: <Label icon={<IconDeviceDesktop size={15} />} words={text('composer.preview.wide')} />,
            },
            {
              value: '360',
              label: <Label icon={<IconDeviceMobile size={15} />} words={text('composer.preview.narrow')} />,
            },
            { value: 'text', label: text('composer.preview.text') },
            { value: 'data', label: text('template.preview.testData') },
          ]}
        />
        {isPicture && (
          <>
            <Switch
              size="xs"
              label={text('template.preview.dark')}
              checked={dark}
              onChange={(event) => setDark(event.currentTarget.checked)}
            />
            <Switch
              size="xs"
              label={text('template.preview.noImages')}
              checked={!images}
              onChange={(event) => setImages(!event.currentTarget.checked)}
            />
          </>
        )}
      </Group>
      {isPicture && (
        <>
          <div className={classes.line} data-testid="preview-subject">
            <Text span fz="sm" fw={600} dir="auto">
              {picture.preview.subject || text('composer.preview.noSubject')}
            </Text>
            <Text span fz="sm" c="dimmed" dir="auto" truncate>
              {picture.preview.preheader}
            </Text>
          </div>
          <MailFrame html={html} width={Number(part)} look={look} stale={isStale} />
        </>
      )}
      {part === 'text' && <TextPart editing={editing} made={picture.preview.text} />}
      {part === 'data' && <TestData editing={editing} />}
    </div>
  )
}

function Label({ icon, words }: { icon: React.ReactNode; words: string }) {
  return (
    <span className={classes.label}>
      {icon}
      {words}
    </span>
  )
}

/** The plain text part: made of the mail by itself until somebody writes one. */
function TextPart({ editing, made }: { editing: TemplateEditing; made: string }) {
  const text = useText()
  const own = editing.draft.content.text
  const set = (value: string | null) =>
    editing.change({ kind: 'around', values: { text: value } }, text('template.did.text'), value === null ? '' : 'text')
  return (
    <div className={classes.form}>
      <Text fz="sm" c="dimmed">
        {text(own === null ? 'template.text.made' : 'template.text.own')}
      </Text>
      <Textarea
        aria-label={text('composer.preview.text')}
        className={classes.area ?? ''}
        value={own ?? made}
        readOnly={own === null}
        autosize
        minRows={14}
        maxRows={28}
        dir="auto"
        onChange={(event) => set(event.currentTarget.value)}
      />
      {own === null ? (
        <Button variant="default" size="xs" onClick={() => set(made)} w="fit-content">
          {text('template.text.write')}
        </Button>
      ) : (
        <Button variant="default" size="xs" onClick={() => set(null)} w="fit-content">
          {text('template.text.makeAgain')}
        </Button>
      )}
    </div>
  )
}
