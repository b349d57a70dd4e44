import { Alert, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { Preflight } from '../../../api/contract/orders.ts'
import type { AskedReward } from '../../../api/contract/rewards.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useRewardWords } from '../../shared/useRewardWords.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import { HeldBack } from '../audience/HeldBack.tsx'
import type { Finding } from '../document/checkMessage.ts'
import { RewardCost } from '../reward/RewardCost.tsx'
import { smsParts } from '../short/smsParts.ts'
import { SubjectText } from '../subject/SubjectText.tsx'
import { Checks } from './Checks.tsx'
import classes from './ConfirmSend.module.css'
import { FindingText } from './FindingText.tsx'
import type { Message } from './message.ts'
import { OptionFacts } from './OptionFacts.tsx'
import type { SendOptions } from './sendOptions.ts'
import { useChecks } from './useChecks.ts'

type Props = {
  subject: string
  label: string
  /** Asked for again when the dialogue opened: only an answer from after that is shown as the number. */
  preflight: UseQueryResult<Preflight>
  /** What to look at once more; nothing in it stops the mail. */
  findings: readonly Finding[]
  /** What each recipient gets with it. */
  reward: AskedReward | null
  /** What is sent, for the server's own look at it. */
  message: Message
  /** An SMS as one customer gets it: what it costs follows from its length. */
  sent: string | undefined
  /** It changes a mailing that is planned already. */
  editing: boolean
  options: SendOptions
  onSend: () => void
  onClose: () => void
}

/** The last question before a mail goes out: subject, number, who is left out. */
export function ConfirmSend(props: Props) {
  const { subject, label, preflight, findings, reward, message, sent, editing, options, onSend, onClose } = props
  const { channel } = message
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  const { sizeOf, periodOf } = useRewardWords()
  const [before] = useState(preflight.data?.recipients)
  const [checked] = useState(message)
  const checks = useChecks(checked)
  const fresh = preflight.isFetching || preflight.error !== null ? undefined : preflight.data
  const count = fresh?.recipients ?? 0
  const leftOut = fresh?.left_out.map((entry) =>
    text('composer.confirm.reason', { count: entry.count, reason: text(`reason.${entry.reason}`) }),
  )

  return (
    <Modal
      closeButtonProps={{ 'aria-label': text('composer.close') }}
      opened
      onClose={onClose}
      title={text(editing ? 'edit.confirm' : `short.confirm.${channel}`)}
      size="md"
    >
      <Stack gap="md">
        <dl className={classes.facts}>
          <dt>{text(`short.about.${channel}`)}</dt>
          <dd dir="auto">
            <SubjectText subject={subject} />
          </dd>
          <dt>{text('composer.confirm.to')}</dt>
          <dd>
            <span role="status" data-testid="confirm-to">
              {fresh === undefined && preflight.error === null && (
                <Group gap={8} component="span">
                  <Loader size={14} />
                  {text('composer.confirm.counting')}
                </Group>
              )}
              {fresh !== undefined && (
                <FormattedMessage id="composer.confirm.count" values={{ ...richTags, count, label }} />
              )}
              {preflight.error !== null && (
                <Text component="span" c="var(--mantine-color-error)" fz="sm">
                  {problemText(preflight.error)}
                </Text>
              )}
            </span>
          </dd>
          {fresh !== undefined && leftOut !== undefined && leftOut.length > 0 && (
            <>
              <dt>{text('composer.confirm.leftOut')}</dt>
              <dd>{intl.formatList(leftOut, { type: 'conjunction' })}</dd>
            </>
          )}
          {fresh !== undefined && fresh.held.length > 0 && (
            <>
              <dt>{text('composer.held.later')}</dt>
              <dd>
                <HeldBack held={fresh.held} />
              </dd>
            </>
          )}
          {sent !== undefined && fresh !== undefined && (
            <>
              <dt>{text('short.parts.label')}</dt>
              <dd>{text('short.parts.sum', { parts: smsParts(sent).parts, total: smsParts(sent).parts * count })}</dd>
            </>
          )}
          <OptionFacts options={options} mail={channel === 'email'} />
          {reward !== null && (
            <>
              <dt>{text('reward.title')}</dt>
              <dd>
                {sizeOf(reward)}, {periodOf(reward)}
                <RewardCost preflight={preflight} />
              </dd>
            </>
          )}
        </dl>
        {fresh?.needs_approval === true && (
          <Alert color="blue" variant="light">
            {text('composer.confirm.approval')}
          </Alert>
        )}
        {fresh !== undefined && before !== undefined && before !== count && (
          <Alert color="orange" variant="light">
            {text('composer.confirm.changed', { before, count })}
          </Alert>
        )}
        {findings.length > 0 && (
          <Alert color="orange" variant="light" title={text('composer.confirm.look')}>
            <ul className={classes.findings}>
              {findings.map((finding) => (
                <li key={JSON.stringify(finding)}>
                  <FindingText finding={finding} />
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {checks.data !== undefined && <Checks check={checks.data} />}
        {checks.isLoading && (
          <Text fz="sm" c="dimmed" role="status">
            {text('check.looking')}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text('composer.confirm.back')}
          </Button>
          {preflight.error !== null ? (
            <Button onClick={() => void preflight.refetch()}>{text('error.retry')}</Button>
          ) : (
            <Button disabled={count === 0} onClick={onSend}>
              {text(editing ? 'edit.do' : options.at === null ? 'composer.confirm.send' : 'composer.confirm.plan', {
                count,
              })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
