import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { getOrder } from '../../../api/contract/orders.ts'
import { call } from '../../client/call.ts'
import { useSession } from '../../client/session.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { keepRecipients } from '../../shared/recipients.ts'
import { useText } from '../../shared/useText.tsx'
import { type DocumentNode, EMPTY_DOCUMENT } from '../document/document.ts'
import { keepAllowed } from '../document/keepAllowed.ts'
import { draftKey } from './draftKey.ts'
import { browserStorage, keepDraft, readDraft } from './draftStore.ts'

/**
 * Opens the composer with the text and the recipients of a mailing. A draft that stands there already is only replaced
 * when somebody says so.
 */
export function useWriteOn() {
  const text = useText()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const { user } = useSession()
  return useMutation({
    mutationFn: async (mailing: Campaign) => ({
      mailing,
      order: await call(getOrder, { params: { id: mailing.id } }),
    }),
    onSuccess: ({ mailing, order: { recipients, content } }) => {
      const count = mailing.total + mailing.left_out.reduce((sum, left) => sum + left.count, 0)
      const label = mailing.segment?.name ?? text('mailings.picked')
      const storage = browserStorage()
      const key = draftKey(user.id, { recipients })
      const written = readDraft(storage, key)
      const document = 'document' in content ? keepAllowed(content.document as DocumentNode) : EMPTY_DOCUMENT
      const draft = { subject: 'subject' in content ? content.subject : '', document, keptAt: new Date().toISOString() }
      const same = written !== null && JSON.stringify(written.document) === JSON.stringify(draft.document)
      if (written !== null && !same && !window.confirm(text('composer.draft.replaceAsk'))) return
      keepDraft(storage, key, draft)
      keepRecipients({ recipients, count, label })
      void navigate({ to: '/compose' })
    },
    onError: notifyProblem,
  })
}
