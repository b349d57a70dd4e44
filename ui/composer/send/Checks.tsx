import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconQuestionMark } from '@tabler/icons-react'
import { useState } from 'react'
import type { MessageCheck } from '../../../api/contract/checks.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './Checks.module.css'

const RECORDS = ['spf', 'dkim', 'dmarc', 'mx'] as const
type Found = MessageCheck['sender']['spf']

/** What was found about the message and its sender: nothing of it stops the mail. */
export function Checks({ check }: { check: MessageCheck }) {
  const text = useText()
  return (
    <div className={classes.checks} data-testid="checks">
      <Sender sender={check.sender} />
      {check.findings.length > 0 && (
        <ul className={classes.findings}>
          {check.findings.slice(0, 10).map((finding) => (
            <li key={JSON.stringify(finding)}>
              {text(`check.${finding.kind}`, {
                href: finding.href ?? '',
                text: finding.text ?? '',
                count: finding.count ?? 0,
              })}
            </li>
          ))}
          {check.findings_count > 10 && <li>{text('check.more', { count: check.findings_count - 10 })}</li>}
        </ul>
      )}
      {check.findings.length === 0 && (
        <Text fz="sm" c="dimmed">
          {text('check.nothing')}
        </Text>
      )}
    </div>
  )
}

/** The sender's records in one line; it opens what each says and what to do. */
function Sender({ sender }: Pick<MessageCheck, 'sender'>) {
  const text = useText()
  const [open, setOpen] = useState(false)
  if (sender.reserved) {
    return <Text fz="sm">{text('check.reserved', { domain: sender.domain })}</Text>
  }
  const worth = (verdict: Found['verdict']) => RECORDS.filter((name) => sender[name].verdict === verdict).length
  const unknown = worth('unknown')
  const bad = RECORDS.length - worth('good') - unknown
  const state = bad > 0 ? 'bad' : unknown > 0 ? 'unknown' : 'good'
  const Sign = { bad: IconAlertTriangle, unknown: IconQuestionMark, good: IconCircleCheck }[state]
  return (
    <div>
      <UnstyledButton
        className={classes.sender}
        data-state={state}
        aria-expanded={open}
        aria-controls="check-sender"
        onClick={() => setOpen(!open)}
      >
        <Sign size={16} aria-hidden="true" />
        {text(`check.sender.${state}`, { domain: sender.domain, count: bad })}
      </UnstyledButton>
      <Collapse expanded={open}>
        <ul className={classes.findings} id="check-sender">
          {RECORDS.map((name) => {
            const { verdict, why, record } = sender[name]
            return (
              <li key={name}>
                <strong>{name.toUpperCase()}</strong>:{' '}
                {text(why === null ? `check.verdict.${verdict}` : `check.why.${why}`)}
                {record !== null && <code className={classes.record}>{record}</code>}
              </li>
            )
          })}
        </ul>
      </Collapse>
    </div>
  )
}
