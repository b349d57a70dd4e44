import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconExternalLink } from '@tabler/icons-react'
import { type Editor, getMarkRange } from '@tiptap/react'
import { type FormEvent, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { focusNow } from '../editor/focusNow.ts'
import { checkLink } from './checkLink.ts'
import { LINK_TEXTS } from './linkTexts.ts'

type Props = {
  editor: Editor
  /** What may be an address; left out: what a mail's link may be. */
  check?: typeof checkLink
  onClose: () => void
}

/** Asks for the address of a link, checks it while it is typed, and puts it on the selected text. */
export function LinkDialogue({ editor, check = checkLink, onClose }: Props) {
  const text = useText()
  const [start] = useState(() => readSelection(editor))
  const [address, setAddress] = useState(start.href)
  const [words, setWords] = useState(start.words)
  const [tried, setTried] = useState(false)
  const checked = check(address)
  const problem = !checked.ok && (tried || address.trim() !== '') ? checked.problem : null
  // While somebody is still typing, an address that is not complete yet is no mistake.
  const shownProblem = problem !== null && (tried || !['no_dot', 'no_host', 'empty'].includes(problem)) ? problem : null

  const close = () => {
    onClose()
    focusNow(editor)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!checked.ok) return
    onClose()
    putLink(editor, start, checked.href, words.trim() || address.trim())
  }
  const remove = () => {
    onClose()
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
  }

  return (
    <Modal
      opened
      onClose={close}
      title={text(start.href === '' ? 'composer.link.insert' : 'composer.link.change')}
      size="md"
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={text('composer.link.address')}
            placeholder="https://"
            value={address}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            error={shownProblem === null ? null : text(LINK_TEXTS[shownProblem])}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          {start.asksForWords && (
            <TextInput
              label={text('composer.link.words')}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
          )}
          <div role="status">
            {checked.ok && checked.completed && (
              <Text fz="sm" c="dimmed">
                {text('composer.link.completed', { href: checked.href })}
              </Text>
            )}
            {checked.ok && checked.warning !== null && (
              <Group gap={6} wrap="nowrap" align="flex-start" c="var(--attention)">
                <IconAlertTriangle size={16} aria-hidden="true" style={{ flex: 'none', marginTop: 2 }} />
                <Text fz="sm">{text(LINK_TEXTS[checked.warning])}</Text>
              </Group>
            )}
          </div>
          <Group justify="flex-end" gap="xs">
            {checked.ok && (
              <Anchor href={checked.href} target="_blank" rel="noopener noreferrer" fz="sm" mr="auto">
                <Group gap={4} component="span">
                  <IconExternalLink size={14} aria-hidden="true" />
                  {text('composer.link.try')}
                </Group>
              </Anchor>
            )}
            {start.href !== '' && (
              <Button variant="subtle" color="red" onClick={remove}>
                {text('composer.link.remove')}
              </Button>
            )}
            <Button type="submit">{text('composer.link.apply')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

type Start = { href: string; words: string; asksForWords: boolean }

/** What is selected: the link under the caret, a text to link, or nothing yet. */
function readSelection(editor: Editor): Start {
  const { selection, doc, schema } = editor.state
  const href = String(editor.getAttributes('link').href ?? '')
  const mark = schema.marks.link
  const range = href !== '' && mark !== undefined ? getMarkRange(selection.$from, mark) : undefined
  const { from, to } = range ?? selection
  const words = doc.textBetween(from, to, ' ')
  // A selected address is meant to be the link.
  const guess = href === '' && checkLink(words).ok && words.includes('.') ? words : ''
  return { href: href || guess, words, asksForWords: from === to }
}

function putLink(editor: Editor, start: Start, href: string, words: string): void {
  const chain = editor.chain().focus()
  if (!start.asksForWords) chain.extendMarkRange('link').setLink({ href }).run()
  else {
    const link = { type: 'text', text: words, marks: [{ type: 'link', attrs: { href } }] }
    chain.insertContent([link]).unsetMark('link').run()
  }
}
