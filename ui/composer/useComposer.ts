import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { ProblemError } from '../client/problem.ts'
import { useSession } from '../client/session.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { usePreflight } from './audience/usePreflight.ts'
import type { ComposerProps } from './Composer.tsx'
import { checkMessage } from './document/checkMessage.ts'
import { useDraft } from './draft/useDraft.ts'
import type { Mail } from './draft/written.ts'
import { usePerson } from './preview/usePerson.ts'
import { usePreview } from './preview/usePreview.ts'
import { placeMistakes } from './problems/placeMistakes.ts'
import { useOrder } from './reward/useOrder.ts'
import { mailMessage, messageOf } from './send/message.ts'
import { instantAt, optionsOrder, optionsProblem } from './send/sendOptions.ts'
import { useSend } from './send/useSend.ts'
import { checkShort } from './short/checkShort.ts'

/** The first of two mails that are compared, or the second. */
export type Letter = 'a' | 'b'

/** Everything that a page for writing a message works with. */
export function useComposer({ draftKey, name, choice, kept, begin, onSent }: ComposerProps) {
  const text = useText()
  const problemText = useProblemText()
  const { time_zone: timeZone } = useSession().business
  const { recipients, edits } = choice
  const draft = useDraft({ key: draftKey, name, choice, kept, begin })
  const { written, finish, flush } = draft
  const { channel, options } = written
  const ordered = useOrder(choice, channel, written.reward, (reward) => draft.change({ reward }))
  const sendAt = options.at === null ? null : instantAt(options.at, timeZone)
  const preflight = usePreflight(ordered.order, { ...options, sendAt })
  const [person, pickPerson] = usePerson(recipients)
  const [letter, setLetter] = useState<Letter>('a')
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
  const send = useSend(draftKey, { before: flush, edits, onSent: sent, onRefused: setRefusal })
  const busy = send.asking || send.pending !== null

  const change = useCallback(
    (part: Parameters<typeof draft.change>[0]) => {
      setRefusal(null)
      draft.change(part)
    },
    [draft.change],
  )
  const second = channel === 'email' && options.compared?.what !== 'subject' ? options.compared : null
  const shown: Letter = second === null ? 'a' : letter
  const mail: Mail = shown === 'b' && second !== null ? second : written
  const changeMail = useCallback(
    (part: Partial<Mail>) => {
      const { options: latest } = draft.latest()
      if (shown === 'a' || latest.compared === null) change(part)
      else change({ options: { ...latest, compared: { ...latest.compared, ...part } } })
    },
    [change, draft.latest, shown],
  )

  const message = useMemo(() => messageOf(written), [written])
  const looked = useMemo(() => (shown === 'b' ? mailMessage(mail) : message), [shown, mail, message])
  const preview = usePreview(
    looked,
    { customer: person?.id, provider: recipients.provider },
    text(channel === 'push' ? 'short.preview.noTitle' : 'composer.preview.noSubject'),
  )
  /** The SMS as the chosen customer gets it. */
  const sms = channel === 'sms' ? preview.data?.text : undefined

  // What a template says was checked when it was published.
  const { subject, document, template, push, sms: short } = written
  const findings = useMemo(() => {
    if (channel !== 'email') return checkShort({ channel, push, sms: short })
    return template === null ? checkMessage(subject, document) : []
  }, [channel, push, short, template, subject, document])
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
  const showRefusal = useCallback((error: unknown) => {
    // Only a refusal of what was written belongs to the text; a lost connection is shown where it was noticed.
    if (error instanceof ProblemError && error.mistakes.length > 0) setRefusal(error)
  }, [])

  /** What keeps it from going out: something in the message, in how it goes out, or nothing. */
  const check = (): 'write' | 'second' | 'audience' | null => {
    setTried(true)
    setRefusal(null)
    const unfit = optionsProblem(channel === 'email' ? options : { ...options, compared: null }, new Date(), timeZone)
    if (unfit === 'no_second' && second !== null) return 'second'
    if (unfit !== null) return 'audience'
    if (findings.some(({ stops }) => stops)) return 'write'
    return ordered.mistake === null ? null : 'audience'
  }
  const confirm = () => {
    const { compared, ...rest } = options
    const chosen = { ...rest, compared: channel === 'email' ? compared : null }
    send.confirm(ordered.order, message, { ...optionsOrder(chosen, timeZone, subject.trim()), draft: name })
  }

  return {
    ...{ draft, ordered, preflight, person, pickPerson, send, busy, tried, change, check, confirm },
    ...{ second, letter: shown, setLetter, mail, changeMail, message, looked, preview, sms },
    ...{ findings, stopping, mistakes, problems, inSubject, showRefusal },
  }
}
