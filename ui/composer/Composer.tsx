import { Badge, Button, Paper, SegmentedControl, Stack } from '@mantine/core'
import { IconSend, IconTemplate } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { ProblemError } from '../client/problem.ts'
import { useSession } from '../client/session.ts'
import { Page } from '../shared/Page.tsx'
import type { RecipientChoice } from '../shared/recipients.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { AudiencePanel } from './audience/AudiencePanel.tsx'
import { usePreflight } from './audience/usePreflight.ts'
import { backFrom } from './backFrom.ts'
import classes from './Composer.module.css'
import { checkMessage } from './document/checkMessage.ts'
import { isEmptyDocument } from './document/document.ts'
import { toMessage } from './document/keepAllowed.ts'
import { DraftLine, ForeignDraft } from './draft/DraftLine.tsx'
import { useDraft } from './draft/useDraft.ts'
import { MessageEditor, type MessageHandle } from './editor/MessageEditor.tsx'
import { PreviewPanel } from './preview/PreviewPanel.tsx'
import { TestSend } from './preview/TestSend.tsx'
import { usePerson } from './preview/usePerson.ts'
import { placeMistakes } from './problems/placeMistakes.ts'
import { RewardPanel } from './reward/RewardPanel.tsx'
import { useOrder } from './reward/useOrder.ts'
import { ConfirmSend } from './send/ConfirmSend.tsx'
import { Findings } from './send/Findings.tsx'
import { PendingNotice } from './send/PendingNotice.tsx'
import { SendOptionsPanel } from './send/SendOptionsPanel.tsx'
import { instantAt, newOptions, optionsOrder, optionsProblem } from './send/sendOptions.ts'
import { type Content, useSend } from './send/useSend.ts'
import { SubjectField, type SubjectHandle } from './subject/SubjectField.tsx'
import { TemplateBody } from './template/TemplateBody.tsx'
import { TemplatePicker } from './template/TemplatePicker.tsx'

type Props = { draftKey: string; choice: RecipientChoice; onSent: (campaign: Campaign) => void }
type Part = 'write' | 'preview' | 'audience'

/** The mail being written, beside it the preview and the recipients; on a phone one of the three at a time. */
export function Composer({ draftKey, choice, onSent }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const { recipients, label, loyalty } = choice
  const draft = useDraft(draftKey)
  const { finish } = draft
  const ordered = useOrder(draftKey, choice)
  const [options, setOptions] = useState(newOptions)
  const { time_zone: timeZone } = useSession().business
  const preflight = usePreflight(ordered.order, {
    ...options,
    sendAt: options.at === null ? null : instantAt(options.at, timeZone),
  })
  const [person, pickPerson] = usePerson(recipients)
  const subjectField = useRef<SubjectHandle>(null)
  const body = useRef<MessageHandle>(null)
  const [part, setPart] = useState<Part>('write')
  const [confirming, setConfirming] = useState(false)
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)

  // Whoever has gone on to another page while the answer was on its way is left there.
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  const sent = useCallback(
    (campaign: Campaign) => {
      finish()
      if (here.current) onSent(campaign)
    },
    [finish, onSent],
  )
  const send = useSend(draftKey, sent, setRefusal)
  const busy = send.asking || send.pending !== null

  const { template } = draft
  const [picking, setPicking] = useState(false)
  // What a template says was checked when it was published.
  const findings = useMemo(
    () => (template === null ? checkMessage(draft.subject, draft.document) : []),
    [template, draft.subject, draft.document],
  )
  const stopping = tried ? findings.filter(({ stops }) => stops) : []
  const mistakes = useMemo(() => {
    if (refusal === null) return []
    // a taken week is said in the reader's language and not with the server's words
    const isProblem = refusal instanceof ProblemError && !('next_on' in refusal.document)
    const placed = isProblem ? placeMistakes(refusal.mistakes) : []
    return placed.length > 0 ? placed : [{ place: { kind: 'elsewhere' as const }, message: problemText(refusal) }]
  }, [refusal, problemText])
  const problems = useMemo(
    () => mistakes.flatMap(({ place }) => (place.kind === 'document' && place.path.length > 0 ? [place.path] : [])),
    [mistakes],
  )
  const inSubject =
    mistakes.find(({ place }) => place.kind === 'subject')?.message ??
    (stopping.some(({ kind }) => kind === 'no_subject') ? text('composer.finding.no_subject') : null)

  const change = useCallback(
    (changed: Parameters<typeof draft.change>[0]) => {
      setRefusal(null)
      draft.change(changed)
    },
    [draft.change],
  )
  const showRefusal = useCallback((error: unknown) => {
    // Only a refusal of what was written belongs to the text; a lost connection is shown where it was noticed.
    if (error instanceof ProblemError && error.mistakes.length > 0) setRefusal(error)
  }, [])
  const goTo = (place: 'subject' | readonly number[]) => {
    setPart('write')
    requestAnimationFrame(() => (place === 'subject' ? subjectField.current?.focus() : body.current?.goTo(place)))
  }
  const askToSend = () => {
    setTried(true)
    setRefusal(null)
    const unfit = optionsProblem(options, new Date(), timeZone)
    if (unfit !== null) {
      setPart('audience')
      return
    }
    if (findings.some(({ stops }) => stops)) {
      setPart('write')
      return
    }
    if (ordered.mistake !== null) {
      setPart('audience')
      return
    }
    void preflight.refetch()
    setConfirming(true)
  }
  const content = (): Content => {
    const subject = draft.subject.trim()
    return template === null ? { subject, document: toMessage(draft.document) } : { subject, template: template.id }
  }
  const confirm = () => {
    setConfirming(false)
    send.confirm(ordered.order, content(), optionsOrder(options, timeZone))
  }

  const count = preflight.data?.recipients
  return (
    <Page
      title={loyalty === undefined ? text('composer.title') : text('composer.loyalty', loyalty)}
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
          {count === undefined ? text('composer.send') : text('composer.sendTo', { count })}
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
            <ForeignDraft draft={draft} />
            <Findings findings={stopping} mistakes={mistakes} onGoTo={goTo} />
            {template === null && (
              <Button
                variant="default"
                size="xs"
                w="fit-content"
                leftSection={<IconTemplate size={16} stroke={1.6} aria-hidden="true" />}
                disabled={busy}
                onClick={() => setPicking(true)}
              >
                {text('composer.template.use')}
              </Button>
            )}
            <Paper component="section" aria-label={text('composer.mail')} className={classes.sheet}>
              <SubjectField
                ref={subjectField}
                subject={draft.subject}
                revision={draft.revision}
                error={inSubject}
                readOnly={busy}
                instead={template?.subject}
                onChange={(subject) => change({ subject })}
                onEnter={() => body.current?.focus()}
              />
              {template === null ? (
                <MessageEditor
                  ref={body}
                  document={draft.document}
                  revision={draft.revision}
                  problems={problems}
                  readOnly={busy}
                  onChange={(document) => change({ document })}
                />
              ) : (
                <TemplateBody
                  template={template}
                  readOnly={busy}
                  onAnother={() => setPicking(true)}
                  onWrite={() => change({ template: null })}
                />
              )}
              <DraftLine draft={draft} readOnly={busy} />
              <TestSend
                subject={draft.subject}
                document={draft.document}
                template={template?.id}
                customer={person?.id}
                disabled={template === null && (isEmptyDocument(draft.document) || draft.subject.trim() === '')}
                onProblem={showRefusal}
              />
            </Paper>
          </Stack>
          <Stack gap="md" className={classes.side}>
            <div className={classes.audience}>
              <AudiencePanel
                preflight={preflight}
                asked={{ recipients, holdout: options.holdout, seed: options.seed }}
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
              <SendOptionsPanel options={options} readOnly={busy} onChange={setOptions} />
            </div>
            <div className={classes.preview}>
              <PreviewPanel
                recipients={recipients}
                person={person}
                onPick={pickPerson}
                subject={draft.subject}
                document={draft.document}
                template={template?.id}
                onProblem={showRefusal}
              />
            </div>
          </Stack>
        </div>
      </div>
      {picking && (
        <TemplatePicker
          onChoose={(chosen) => {
            setPicking(false)
            change({ template: chosen })
          }}
          onClose={() => setPicking(false)}
        />
      )}
      {confirming && (
        <ConfirmSend
          subject={draft.subject.trim() || (template?.subject ?? '')}
          label={label}
          preflight={preflight}
          findings={findings}
          reward={ordered.reward}
          content={content()}
          options={options}
          onSend={confirm}
          onClose={() => setConfirming(false)}
        />
      )}
    </Page>
  )
}
