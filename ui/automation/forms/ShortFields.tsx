import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { readSubject } from '../../../api/contract/mergeTags.ts'
import { previewContent } from '../../../api/contract/messages.ts'
import type { Sending } from '../../../rules/automations/automation.ts'
import { call } from '../../client/call.ts'
import { checkLink } from '../../composer/links/checkLink.ts'
import { LINK_TEXTS } from '../../composer/links/linkTexts.ts'
import { MOST } from '../../composer/short/checkShort.ts'
import { plainer } from '../../composer/short/plainer.ts'
import { SmsCounter } from '../../composer/short/SmsCounter.tsx'
import { TagField, type TagFieldHandle } from '../../composer/short/TagField.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './ShortFields.module.css'

type Sms = Extract<Sending, { channel: 'sms' }>
type Push = Extract<Sending, { channel: 'push' }>
type Props<One extends Sending> = { send: One; onChange: (send: Sending) => void }

/** What an SMS or a notification says: text with merge tags as chips, and what its length means. */
export default function ShortFields({ send, onChange }: Props<Sms | Push>) {
  return send.channel === 'sms' ? (
    <SmsFields send={send} onChange={onChange} />
  ) : (
    <PushFields send={send} onChange={onChange} />
  )
}

function SmsFields({ send, onChange }: Props<Sms>) {
  const text = useText()
  const written = send.text ?? ''
  const { revision, change } = useOwnChanges(written, (next) => onChange({ ...send, text: next }))
  const { box, field } = useFocusInForm()
  const plain = plainer(written)
  const tags = readSubject(written).some((part) => 'name' in part)
  const sent = useSent(written)
  return (
    <div ref={box} className={classes.box}>
      <TagField
        ref={field}
        label={text('short.sms.label')}
        placeholder={text('short.placeholder')}
        value={written}
        revision={revision}
        readOnly={false}
        error={mistakeOf(written, MOST.sms, text)}
        onChange={change}
        hint={
          <SmsCounter
            sent={written.trim() === '' ? undefined : sent}
            varies={tags}
            count={undefined}
            note={tags ? text('automation.sms.counted') : text('short.counted')}
            onPlainer={plain === written ? undefined : () => onChange({ ...send, text: plain })}
          />
        }
      />
    </div>
  )
}

function PushFields({ send, onChange }: Props<Push>) {
  const text = useText()
  const { title = '', text: words = '', url = '' } = send
  // an address is kept while it is typed, and is no part of the notification while there is none
  const withUrl = (next: string): Push => {
    const { url: _, ...rest } = send
    return next === '' ? rest : { ...rest, url: next }
  }
  const { box, field } = useFocusInForm()
  const second = useRef<TagFieldHandle>(null)
  const ofTitle = useOwnChanges(title, (next) => onChange({ ...send, title: next }))
  const ofText = useOwnChanges(words, (next) => onChange({ ...send, text: next }))
  const link = url.trim() === '' ? null : checkLink(url)
  return (
    <div ref={box} className={classes.box}>
      <TagField
        ref={field}
        label={text('short.push.title')}
        placeholder={text('composer.subject.placeholder')}
        value={title}
        revision={ofTitle.revision}
        readOnly={false}
        error={mistakeOf(title, MOST.title, text)}
        onChange={ofTitle.change}
        onEnter={() => second.current?.focus()}
        hint={text('short.length', { length: title.length, most: MOST.title })}
      />
      <TagField
        ref={second}
        label={text('short.push.label')}
        placeholder={text('short.placeholder')}
        value={words}
        revision={ofText.revision}
        readOnly={false}
        error={mistakeOf(words, MOST.push, text)}
        onChange={ofText.change}
        hint={text('short.length', { length: words.length, most: MOST.push })}
      />
      <TextInput
        className={classes.url ?? ''}
        label={text('short.push.url')}
        description={text('short.push.urlHelp')}
        placeholder="https://"
        inputMode="url"
        maxLength={2_000}
        value={url}
        error={link === null || link.ok ? null : text(LINK_TEXTS[link.problem])}
        onChange={(event) => onChange(withUrl(event.currentTarget.value.trim()))}
      />
    </div>
  )
}

const mistakeOf = (written: string, most: number, text: ReturnType<typeof useText>): string | null => {
  if (written.trim() === '') return text('condition.allowed.one')
  return written.trim().length > most ? text('automation.send.long', { most }) : null
}

/**
 * The editor keeps what is typed by itself; what comes from elsewhere (undo, the text view) is put into it anew.
 */
function useOwnChanges(value: string, onChange: (value: string) => void) {
  const own = useRef(value)
  const [{ revision, shown }, setShown] = useState({ revision: 0, shown: value })
  if (value !== shown) {
    // only while rendering: what was typed here is there already
    setShown({ revision: value === own.current ? revision : revision + 1, shown: value })
  }
  return {
    revision,
    change: (next: string) => {
      own.current = next
      onChange(next)
    },
  }
}

/** Loaded after the form has opened: takes the focus that the form has given to its first field. */
function useFocusInForm(): { box: RefObject<HTMLDivElement | null>; field: RefObject<TagFieldHandle | null> } {
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<TagFieldHandle>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    if (form?.contains(document.activeElement)) field.current?.focus()
  }, [])
  return { box, field }
}

/** Strokes follow each other faster than this. */
const PAUSE = 450

/** An SMS as somebody gets it of whom nothing is known, with the line under it; undefined while it is not known. */
function useSent(written: string): string | undefined {
  const [resting] = useDebouncedValue(written, PAUSE)
  const { data } = useQuery({
    queryKey: ['automation', 'sms', resting],
    queryFn: ({ signal }) => call(previewContent, { body: { channel: 'sms', content: { text: resting } }, signal }),
    enabled: resting.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return data?.text
}
