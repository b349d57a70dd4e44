import { TextInput } from '@mantine/core'
import { type Ref, useImperativeHandle, useRef } from 'react'
import { readSubject } from '../../../api/contract/mergeTags.ts'
import { useText } from '../../shared/useText.tsx'
import type { DraftState } from '../draft/useDraft.ts'
import { checkLink } from '../links/checkLink.ts'
import { LINK_TEXTS } from '../links/linkTexts.ts'
import { MOST } from './checkShort.ts'
import { plainer } from './plainer.ts'
import classes from './ShortSheet.module.css'
import { SmsCounter } from './SmsCounter.tsx'
import { TagField, type TagFieldHandle } from './TagField.tsx'

type Props = {
  draft: DraftState
  readOnly: boolean
  /** Whether what is missing is pointed out. */
  tried: boolean
  /** The SMS as one customer gets it; undefined while it is not known. */
  sent: string | undefined
  count: number | undefined
  ref?: Ref<TagFieldHandle>
}

/** The lines of an SMS, with what they cost; or a notification's title, lines and page. */
export function ShortSheet(props: Props) {
  return props.draft.written.channel === 'sms' ? <SmsSheet {...props} /> : <PushSheet {...props} />
}

function SmsSheet({ draft, readOnly, tried, sent, count, ref }: Props) {
  const text = useText()
  const { sms } = draft.written
  const plain = plainer(sms.text)
  const field = useRef<TagFieldHandle>(null)
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [])
  return (
    <TagField
      ref={field}
      label={text('short.sms.label')}
      placeholder={text('short.placeholder')}
      value={sms.text}
      revision={draft.revision}
      readOnly={readOnly}
      error={tried && sms.text.trim() === '' ? text('composer.finding.no_words') : null}
      onChange={(value) => draft.change({ sms: { text: value } })}
      hint={
        <SmsCounter
          sent={sms.text.trim() === '' ? undefined : sent}
          varies={readSubject(sms.text).some((part) => 'name' in part && part.name.startsWith('customer.'))}
          count={count}
          onPlainer={plain === sms.text || readOnly ? undefined : () => draft.replace({ sms: { text: plain } })}
        />
      }
    />
  )
}

function PushSheet({ draft, readOnly, tried, ref }: Props) {
  const text = useText()
  const { push } = draft.written
  const change = (part: Partial<typeof push>) => draft.change({ push: { ...draft.latest().push, ...part } })
  const title = useRef<TagFieldHandle>(null)
  const words = useRef<TagFieldHandle>(null)
  useImperativeHandle(ref, () => ({ focus: () => title.current?.focus() }), [])
  const link = push.url.trim() === '' ? null : checkLink(push.url)
  const wrong = link === null || link.ok ? null : text(LINK_TEXTS[link.problem])
  return (
    <>
      <TagField
        ref={title}
        label={text('short.push.title')}
        placeholder={text('composer.subject.placeholder')}
        value={push.title}
        revision={draft.revision}
        readOnly={readOnly}
        error={tried && push.title.trim() === '' ? text('composer.finding.no_title') : null}
        onChange={(value) => change({ title: value })}
        onEnter={() => words.current?.focus()}
        hint={text('short.length', { length: push.title.length, most: MOST.title })}
      />
      <TagField
        ref={words}
        label={text('short.push.label')}
        placeholder={text('short.placeholder')}
        value={push.text}
        revision={draft.revision}
        readOnly={readOnly}
        error={tried && push.text.trim() === '' ? text('composer.finding.no_words') : null}
        onChange={(value) => change({ text: value })}
        hint={text('short.length', { length: push.text.length, most: MOST.push })}
      />
      <TextInput
        className={classes.url ?? ''}
        label={text('short.push.url')}
        description={text('short.push.urlHelp')}
        placeholder="https://"
        inputMode="url"
        maxLength={4_000}
        value={push.url}
        error={wrong}
        readOnly={readOnly}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
    </>
  )
}
