import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { LoyaltyCustomer } from '../../api/contract/loyalty.ts'
import { suppress, unsuppress } from '../../api/contract/suppressions.ts'
import { call } from '../client/call.ts'
import { customerQuery } from '../client/customers.ts'
import { useReason } from '../deliveries/useReason.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Instant } from '../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Loyalty.module.css'

/** The kinds of mail whose suppression keeps somebody from getting a loyalty mailing. */
const KINDS = ['all', 'loyalty'] as const

type Props = { customer: LoyaltyCustomer; provider: string }

/** Somebody who was found, or who gets nothing: who it is, whether they are written to, and how to change that. */
export function Person({ customer, provider }: Props) {
  const text = useText()
  const reasonOf = useReason()
  const [asking, ask] = useDisclosure(false)
  const { id, name, username, from_provider: own, from_everybody: everybody } = customer
  return (
    <li className={classes.person}>
      <div>
        <CustomerLink id={id} name={name} />
        <Text fz="xs" c="dimmed">
          {[username, own && `${reasonOf(own.reason)}`].filter(Boolean).join(' · ')}
          {own && (
            <>
              {' · '}
              <Instant at={own.since} />
            </>
          )}
        </Text>
        {everybody && (
          <Text fz="xs" c="var(--attention)">
            {text('loyalty.unsubscribed.everywhere', { reason: reasonOf(everybody.reason) })}
          </Text>
        )}
      </div>
      <Button size="xs" variant="default" style={{ flexShrink: 0 }} onClick={ask.open}>
        {text(own === null ? 'loyalty.unsubscribe.act' : 'loyalty.writeAgain.act')}
      </Button>
      {asking && <Confirm customer={customer} provider={provider} onClose={ask.close} />}
    </li>
  )
}

function Confirm({ customer, provider, onClose }: Props & { onClose: () => void }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { id, name, username, from_provider: own } = customer
  const act = own === null ? 'unsubscribe' : 'writeAgain'
  const save = useMutation({
    mutationFn: async () => {
      const params = { customer: id }
      if (own === null) return void (await call(suppress, { params, query: { provider }, body: { reason: 'by_hand' } }))
      for (const kind of KINDS) await call(unsuppress, { params, query: { provider, kind } })
    },
    onSuccess: async () => {
      notifyDone(text(`loyalty.${act}.done`, { name }))
      onClose()
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['loyalty', provider] }),
        queries.invalidateQueries(customerQuery(id)),
      ])
    },
    onError: notifyProblem,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={text(`loyalty.${act}.dialogue`, { name })}
      closeButtonProps={{ 'aria-label': text('composer.close') }}
    >
      <Stack>
        <Text fz="sm">
          <FormattedMessage id={`loyalty.${act}.ask`} values={{ name, username: username ?? id }} />
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text('action.cancel')}
          </Button>
          <Button
            {...(act === 'unsubscribe' ? { color: 'red' } : {})}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {text(`loyalty.${act}.act`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
