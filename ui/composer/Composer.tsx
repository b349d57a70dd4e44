import { Badge, Button, Group, Paper, SegmentedControl, Stack } from '@mantine/core'
import { IconSend, IconTemplate } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { Page } from '../shared/Page.tsx'
import type { RecipientChoice } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
import { AudiencePanel } from './audience/AudiencePanel.tsx'
import { backFrom } from './backFrom.ts'
import { ChannelSwitch } from './ChannelSwitch.tsx'
import classes from './Composer.module.css'
import type { KeptCampaign } from './draft/campaignDrafts.ts'
import { DraftLine, ForeignDraft } from './draft/DraftLine.tsx'
import type { Written } from './draft/written.ts'
import { EditNotice } from './EditNotice.tsx'
import { type MailPlace, MailSheet, type MailSheetHandle } from './MailSheet.tsx'
import { PreviewPanel } from './preview/PreviewPanel.tsx'
import { TestSend } from './preview/TestSend.tsx'
import { hasText } from './preview/usePreview.ts'
import { RewardPanel } from './reward/RewardPanel.tsx'
import { ConfirmSend } from './send/ConfirmSend.tsx'
import { Findings } from './send/Findings.tsx'
import { PendingNotice } from './send/PendingNotice.tsx'
import { SendOptionsPanel } from './send/SendOptionsPanel.tsx'
import { ShortSheet } from './short/ShortSheet.tsx'
import type { TagFieldHandle } from './short/TagField.tsx'
import { useComposer } from './useComposer.ts'

export type ComposerProps = {
  /** Under which name the draft is kept in this browser, and on the server. */
  draftKey: string
  name: string
  choice: RecipientChoice
  /** The draft on the server when the page was opened. */
  kept: KeptCampaign | null
  /** What it is without any draft. */
  begin: Written
  onSent: (campaign: Campaign) => void
}
type Part = 'write' | 'preview' | 'audience'

/** The message being written, beside it the preview and the recipients; on a phone one of the three at a time. */
export function Composer(props: ComposerProps) {
  const text = useText()
  const { choice } = props
  const { recipients, label, loyalty, edits } = choice
  const composer = useComposer(props)
  const { draft, ordered, preflight, person, send, busy, tried, second, letter, mail, stopping, mistakes } = composer
  const { channel, options } = draft.written
  const isMail = channel === 'email'
  const sheet = useRef<MailSheetHandle>(null)
  const short = useRef<TagFieldHandle>(null)
  const [part, setPart] = useState<Part>('write')
  const [confirming, setConfirming] = useState(false)

  const goTo = (place: MailPlace) => {
    setPart('write')
    composer.setLetter('a')
    requestAnimationFrame(() => (isMail ? sheet.current?.goTo(place) : short.current?.focus()))
  }
  const askToSend = () => {
    const missing = composer.check()
    if (missing === null) {
      void preflight.refetch()
      setConfirming(true)
      return
    }
    composer.setLetter(missing === 'second' ? 'b' : 'a')
    setPart(missing === 'audience' ? 'audience' : 'write')
  }

  const count = preflight.data?.recipients
  const title = edits !== undefined ? text('edit.title') : text(`short.title.${channel}`)
  return (
    <Page
      title={loyalty === undefined ? title : text('composer.loyalty', loyalty)}
      back={backFrom(choice)}
      flush
      aside={
        <Badge color="gray" size="lg" className="numbers" visibleFrom="sm" style={{ minWidth: 0 }}>
          {text('composer.to', { count: preflight.data?.requested ?? choice.count, label })}
        </Badge>
      }
      actions={
        <Button
          leftSection={<IconSend size={16} stroke={1.7} aria-hidden="true" />}
          loading={send.asking}
          disabled={busy || count === 0}
          onClick={askToSend}
        >
          {edits !== undefined
            ? text('edit.save')
            : count === undefined
              ? text('composer.send')
              : text('composer.sendTo', { count })}
        </Button>
      }
    >
      <div className={classes.page}>
        <SegmentedControl
          className={classes.parts}
          fullWidth
          mb="sm"
          value={part}
          onChange={(value) => setPart(value === 'preview' || value === 'audience' ? value : 'write')}
          aria-label={text('composer.parts')}
          data={[
            { value: 'write', label: text('composer.part.write') },
            { value: 'preview', label: text('composer.part.preview') },
            { value: 'audience', label: text('composer.part.audience') },
          ]}
        />
        <div className={classes.columns} data-part={part}>
          <Stack gap="sm" className={classes.write}>
            <PendingNotice send={send} />
            {edits !== undefined && <EditNotice id={edits.id} revision={edits.revision} />}
            <ForeignDraft draft={draft} />
            <Findings findings={stopping} mistakes={mistakes} onGoTo={goTo} />
            <Group justify="space-between" gap="xs" align="flex-start">
              {loyalty === undefined && (
                <ChannelSwitch
                  channel={channel}
                  readOnly={busy}
                  onChange={(next) => composer.change({ channel: next })}
                />
              )}
              {isMail && mail.template === null && (
                <Button
                  variant="default"
                  size="xs"
                  leftSection={<IconTemplate size={16} stroke={1.6} aria-hidden="true" />}
                  disabled={busy}
                  onClick={() => sheet.current?.pickTemplate()}
                >
                  {text('composer.template.use')}
                </Button>
              )}
            </Group>
            {second !== null && (
              <SegmentedControl
                value={letter}
                onChange={(value) => composer.setLetter(value === 'b' ? 'b' : 'a')}
                aria-label={text('composer.compare.which')}
                data={[
                  { value: 'a', label: text('comparison.message', { letter: 'A' }) },
                  { value: 'b', label: text('comparison.message', { letter: 'B' }) },
                ]}
              />
            )}
            <Paper component="section" aria-label={text(`short.sheet.${channel}`)} className={classes.sheet}>
              {isMail ? (
                <MailSheet
                  key={letter}
                  ref={sheet}
                  mail={mail}
                  revision={draft.revision}
                  subjectError={letter === 'a' ? composer.inSubject : null}
                  usualSubject={letter === 'b' ? draft.written.subject : undefined}
                  problems={letter === 'a' ? composer.problems : []}
                  readOnly={busy}
                  templateOnly={letter === 'b' && second?.what === 'template'}
                  onChange={composer.changeMail}
                />
              ) : (
                <ShortSheet
                  key={channel}
                  ref={short}
                  draft={{ ...draft, change: composer.change }}
                  readOnly={busy}
                  tried={tried}
                  sent={composer.sms}
                  count={count}
                />
              )}
              <DraftLine draft={draft} readOnly={busy} />
              <TestSend
                message={composer.looked}
                customer={person?.id}
                provider={recipients.provider}
                disabled={!hasText(composer.looked) || isUntitled(composer.looked)}
                onProblem={composer.showRefusal}
              />
            </Paper>
          </Stack>
          <Stack gap="md" className={classes.side}>
            <div className={classes.audience}>
              <AudiencePanel
                preflight={preflight}
                asked={{ recipients: ordered.order, holdout: options.holdout, seed: options.seed }}
                channel={channel}
                label={label}
                mistakes={mistakes.flatMap(({ place, message }) => (place.kind === 'recipients' ? [message] : []))}
              />
              {loyalty !== undefined && (
                <RewardPanel
                  provider={loyalty.provider}
                  state={ordered}
                  preflight={preflight}
                  tried={tried}
                  readOnly={busy}
                />
              )}
            </div>
            <div className={classes.audience}>
              <SendOptionsPanel
                options={options}
                mail={isMail}
                tried={tried}
                readOnly={busy}
                onChange={(next) => composer.change({ options: next })}
              />
            </div>
            <div className={classes.preview}>
              <PreviewPanel
                recipients={recipients}
                person={person}
                onPick={composer.pickPerson}
                message={composer.looked}
                preview={composer.preview}
                onProblem={composer.showRefusal}
              />
            </div>
          </Stack>
        </div>
      </div>
      {confirming && (
        <ConfirmSend
          subject={nameOf(draft.written)}
          label={label}
          preflight={preflight}
          findings={composer.findings}
          reward={ordered.reward}
          message={composer.message}
          sent={composer.sms}
          editing={edits !== undefined}
          options={options}
          onSend={() => {
            setConfirming(false)
            composer.confirm()
          }}
          onClose={() => setConfirming(false)}
        />
      )}
    </Page>
  )
}

/** What the last question calls the message by. */
function nameOf({ channel, subject, template, sms, push }: Written): string {
  if (channel === 'sms') return sms.text.length > 160 ? `${sms.text.slice(0, 160)}…` : sms.text
  return channel === 'push' ? push.title : subject.trim() || (template?.subject ?? '')
}

/** A mail without a subject and a notification without a title cannot be sent, not even as a test. */
function isUntitled(message: ReturnType<typeof useComposer>['looked']): boolean {
  if ('template' in message || message.channel === 'sms') return false
  return (message.channel === 'email' ? message.content.subject : message.content.title.trim()) === ''
}
