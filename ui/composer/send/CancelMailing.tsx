import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Campaign, cancelCampaign } from '../../../api/contract/campaigns.ts'
import { call } from '../../client/call.ts'
import { campaignQuery, waitingOf } from '../../client/campaigns.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'

/** Stops what has not gone yet, after a question that says how many that is. */
export function CancelMailing({ campaign }: { campaign: Campaign }) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const [asks, setAsks] = useState(false)
  const cancel = useMutation({
    mutationFn: () => call(cancelCampaign, { params: { id: campaign.id } }),
    onSuccess: (answer) => {
      const { queryKey } = campaignQuery(campaign.id)
      queries.setQueryData(queryKey, answer)
      void queries.invalidateQueries({ queryKey })
      setAsks(false)
    },
  })
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsks(true)}>
        {text('composer.cancel.button')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': text('composer.close') }}
        opened={asks}
        onClose={() => setAsks(false)}
        title={text('composer.cancel.title')}
      >
        <Text fz="sm">{text('composer.cancel.text', { waiting: waitingOf(campaign), sent: campaign.sent })}</Text>
        {cancel.error !== null && (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert" mt="xs">
            {problemText(cancel.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setAsks(false)} data-autofocus>
            {text('composer.cancel.back')}
          </Button>
          <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {text('composer.cancel.button')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
