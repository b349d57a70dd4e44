import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { orderQuery } from '../../client/campaigns.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { keepRecipients } from '../../shared/recipients.ts'
import { useText } from '../../shared/useText.tsx'

/**
 * Opens the composer with the message and the recipients of a mailing: to send another one like it, or to change it while
 * it is planned. A draft of either goes on where it was left.
 */
export function useWriteOn(how: 'copy' | 'edit') {
  const text = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: async (mailing: Campaign) => ({
      mailing,
      order: await queries.fetchQuery({ ...orderQuery(mailing.id), staleTime: 0 }),
    }),
    onSuccess: ({ mailing: { id, total, left_out, segment }, order }) => {
      const count = total + left_out.reduce((sum, left) => sum + left.count, 0)
      keepRecipients({
        recipients: order.recipients,
        count,
        label: segment?.name ?? text('mailings.picked'),
        ...(how === 'edit' ? { edits: { id, revision: order.revision } } : { copies: id }),
      })
      void navigate({ to: '/compose' })
    },
    onError: notifyProblem,
  })
}
