import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { resendDelivery } from '../../api/contract/deliveries.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** Sends a message again that nobody can be sure of, or that failed. */
export function ResendButton({ delivery }: { delivery: { id: string } }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const resend = useMutation({
    mutationFn: () => call(resendDelivery, { params: { id: delivery.id } }),
    onSuccess: async () => {
      notifyDone(text('communication.resent'))
      await queries.invalidateQueries({ queryKey: ['deliveries'] })
    },
    onError: notifyProblem,
  })
  return (
    <Button
      mt="sm"
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={resend.isPending}
      onClick={() => resend.mutate()}
    >
      {text('communication.resend')}
    </Button>
  )
}
