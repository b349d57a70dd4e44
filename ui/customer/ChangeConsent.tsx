import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { putConsent } from '../../api/contract/consents.ts'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { customerQuery } from '../client/customers.ts'
import type { Channel } from '../shared/channels.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

type Said = 'yes' | 'no' | 'unknown'

type Props = { customer: CustomerProfile; channel: Channel; onClose: () => void }

/** Asks what the customer has said, where, and with which words, before it is written down. */
export function ChangeConsent({ customer, channel, onClose }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [said, setSaid] = useState<Said>(customer.consents[channel]?.given === true ? 'no' : 'yes')
  const [source, setSource] = useState('')
  const [wording, setWording] = useState('')
  const save = useMutation({
    mutationFn: () =>
      call(putConsent, {
        params: { id: customer.id },
        body: {
          channel,
          given: said === 'unknown' ? null : said === 'yes',
          source: source.trim(),
          ...(said === 'yes' ? { wording: wording.trim() } : {}),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: customerQuery(customer.id).queryKey })
      notifyDone(text('consent.saved'))
      onClose()
    },
    onError: notifyProblem,
  })
  const complete = source.trim() !== '' && (said !== 'yes' || wording.trim() !== '')
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('consent.title', { name: customer.name, channel: text(`channel.${channel}`) })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (complete) save.mutate()
        }}
      >
        <Stack>
          <Radio.Group label={text('consent.said')} value={said} onChange={(value) => setSaid(value as Said)}>
            <Stack gap={6} mt={6}>
              <Radio value="yes" label={text('consent.yes')} />
              <Radio value="no" label={text('consent.no')} />
              <Radio value="unknown" label={text('consent.unknown')} />
            </Stack>
          </Radio.Group>
          <TextInput
            label={text('consent.source')}
            description={text('consent.sourceHint')}
            required
            maxLength={100}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          {said === 'yes' && (
            <Textarea
              label={text('consent.wording')}
              description={text('consent.wordingHint')}
              required
              autosize
              minRows={2}
              maxLength={2_000}
              value={wording}
              onChange={(event) => setWording(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('consent.cancel')}
            </Button>
            <Button type="submit" disabled={!complete} loading={save.isPending}>
              {text('consent.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
