import { Alert, Checkbox, Modal, NumberInput, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import { previewAutomation } from '../../../api/contract/automationPlay.ts'
import { publishAutomation, type Automation as Stored } from '../../../api/contract/automations.ts'
import { enrolCustomers } from '../../../api/contract/enrolments.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { automationQuery, automationsQuery } from '../../client/automations.ts'
import { call } from '../../client/call.ts'
import { ProblemError } from '../../client/problem.ts'
import { Count } from '../../shared/Count.tsx'
import { Instant } from '../../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import { PublishForm } from '../../shared/versions/PublishForm.tsx'
import { isAutomation } from '../keeping/isAutomation.ts'
import { useAutomationWords } from '../useAutomationWords.ts'
import { AutomationChanges } from './AutomationChanges.tsx'
import { type Destination, MoveInside, useInside } from './MoveInside.tsx'

type Props = {
  opened: boolean
  stored: Stored
  automation: Automation
  /** The version that it was made from. */
  base: number
  /** Keeps the draft at once. Returns whether it is kept then. */
  flush: () => Promise<boolean>
  onPublished: (next: Stored) => void
  onClose: () => void
}

/** Says what switching on, or publishing, does before it does it: who enters, what changes, what becomes of those inside. */
export function PublishAutomation({ opened, onClose, ...rest }: Props) {
  const text = useText()
  const { name, version } = rest.stored
  const title = text(version === 0 ? 'automation.switchOn.title' : 'template.publish.title', { name })
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="lg">
      {opened && <Publishing {...rest} onClose={onClose} />}
    </Modal>
  )
}

function Publishing({ stored, automation, base, flush, onPublished, onClose }: Omit<Props, 'opened'>) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const words = useAutomationWords()
  const [enters, setEnters] = useState(false)
  const [spread, setSpread] = useState(60)
  const inside = useInside(stored, automation, words)
  const [to, setTo] = useState<ReadonlyMap<string, Destination>>(new Map())
  const definition = automation as unknown as Record<string, unknown>
  const preview = useQuery({
    queryKey: ['automation', stored.id, 'preview', automation],
    queryFn: ({ signal }) => call(previewAutomation, { body: { definition, id: stored.id }, signal }),
  }).data
  const publish = useMutation({
    mutationFn: async (note: string) => {
      await flush()
      const mapping = [...to].map(([key, destination]) => {
        const [version = '', step = ''] = key.split(' ')
        return { version: Number(version), step, to: destination }
      })
      const published = await call(publishAutomation, {
        params: { id: stored.id },
        body: { definition, base_version: stored.version, note, ...(mapping.length === 0 ? {} : { mapping }) },
      })
      if (enters) {
        await call(enrolCustomers, { params: { id: stored.id }, body: { trigger: true, spread_minutes: spread } })
      }
      return published
    },
    onSuccess: (published) => {
      client.setQueryData(automationQuery(stored.id).queryKey, published)
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['automation', stored.id] })
      notifyDone(text('automation.published', { version: published.version }))
      onPublished(published)
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'conflict') {
        void client.invalidateQueries({ queryKey: automationQuery(stored.id).queryKey })
      }
      notifyProblem(error)
    },
  })
  return (
    <PublishForm
      version={stored.version + 1}
      publishing={publish.isPending}
      onPublish={publish.mutate}
      onClose={onClose}
      hint={text('automation.publish.cause')}
    >
      {base < stored.version && (
        <Alert color="orange" role="alert">
          {text('automation.publish.since', { version: stored.version, base })}
        </Alert>
      )}
      {isAutomation(stored.definition) && (
        <AutomationChanges before={stored.definition} after={automation} words={words} />
      )}
      <Figures preview={preview} />
      {preview && preview.enters_now !== null && preview.enters_now > 0 && (
        <Stack gap={6}>
          <Checkbox
            label={
              <FormattedMessage id="automation.publish.enterNow" values={{ ...richTags, count: preview.enters_now }} />
            }
            checked={enters}
            onChange={(event) => setEnters(event.currentTarget.checked)}
          />
          {enters && (
            <NumberInput
              label={text('automation.publish.spread')}
              description={text('automation.publish.spread.hint')}
              w={220}
              min={0}
              max={20_160}
              allowDecimal={false}
              value={spread}
              onChange={(next) => typeof next === 'number' && setSpread(next)}
            />
          )}
        </Stack>
      )}
      <MoveInside
        rows={inside}
        automation={automation}
        to={to}
        onChange={(key, destination) => setTo(new Map([...to, [key, destination]]))}
      />
    </PublishForm>
  )
}

/** A mean as people say it: nobody needs decimals of nineteen. */
const aboutSo = (customers: number): number => (customers < 3 ? Math.round(customers * 10) / 10 : Math.round(customers))

/** Who enters, what each gets and when it begins, and who else writes to the same people. */
function Figures({ preview }: { preview: Awaited<ReturnType<typeof asked>> | undefined }) {
  const text = useText()
  const { format } = useMoney()
  if (!preview) return <Text c="dimmed">{text('state.loading')}</Text>
  const { usual_day: usual, first_messages_at: first, messages_each: each, liability_each: liability, others } = preview
  const rows: [string, React.ReactNode][] = [
    [
      text('automation.publish.usualDay'),
      usual === null
        ? text('automation.publish.unknown')
        : text('automation.publish.perDay', { count: aboutSo(usual.customers) }),
    ],
    [
      text('automation.publish.first'),
      first === null ? text('automation.publish.noMessage') : <Instant key="first" at={first} time />,
    ],
    [
      text('automation.publish.each'),
      each.least === each.most
        ? String(each.most)
        : text('automation.publish.range', { from: each.least, to: each.most }),
    ],
    ...(liability === null || liability === 0
      ? []
      : ([[text('automation.publish.liability'), format(liability)]] as [string, React.ReactNode][])),
    [text('automation.publish.inside'), <Count key="inside" value={preview.inside_now} />],
  ]
  return (
    <>
      <Table withRowBorders={false} verticalSpacing={3} aria-label={text('automation.publish.figures')}>
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Td c="dimmed">{label}</Table.Td>
              <Table.Td ta="right" fw={600} className="numbers">
                {value}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {others.length > 0 && (
        <Text fz="sm">{text('automation.publish.others', { names: others.map(({ name }) => name).join(', ') })}</Text>
      )}
    </>
  )
}

const asked = () => call(previewAutomation, { body: { definition: {} } })
