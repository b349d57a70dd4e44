import { Button } from '@mantine/core'
import { IconMailFast } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Template } from '../../../api/contract/templates.ts'
import { testTemplate } from '../../../api/contract/templateTools.ts'
import { call } from '../../client/call.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import type { Content } from '../mjml/draft.ts'

type Props = { template: Template; content: Content; customer: string | undefined; disabled: boolean }

/** Sends the template as it stands here to the reader's own address, as whoever is chosen would get it. */
export function TestSendButton({ template, content, customer, disabled }: Props) {
  const text = useText()
  const notifyProblem = useNotifyProblem()
  const test = useMutation({
    mutationFn: () =>
      call(testTemplate, {
        body: { ...content, language: template.language, ...(customer !== undefined && { customer }) },
      }),
    onSuccess: ({ address }) => notifyDone(text('template.test.sent', { address })),
    onError: notifyProblem,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconMailFast size={17} stroke={1.6} aria-hidden="true" />}
      loading={test.isPending}
      disabled={disabled}
      onClick={() => test.mutate()}
    >
      {text('short.test.email')}
    </Button>
  )
}
