import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Automation, createAutomation, getAutomationDraft } from '../../../api/contract/automations.ts'
import { automationQuery, automationsQuery } from '../../client/automations.ts'
import { call, newKey } from '../../client/call.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'

/** Makes a draft that says the same as another automation does, its own draft first, and opens it. */
export function useCopyAutomation() {
  const text = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: async ({ id, name, note, draft, definition }: Automation) => {
      const said = draft === null ? definition : (await call(getAutomationDraft, { params: { id } })).definition
      return call(createAutomation, {
        body: {
          name: text('automation.copy.name', { name }).slice(0, 200),
          ...(note === '' ? {} : { note }),
          ...(said === null ? {} : { definition: said }),
        },
        idempotencyKey: newKey(),
      })
    },
    onSuccess: (made) => {
      client.setQueryData(automationQuery(made.id).queryKey, made)
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      notifyDone(text('automation.copy.done'))
      void navigate({ to: '/automations/$id', params: { id: made.id } })
    },
    onError: notifyProblem,
  })
}
