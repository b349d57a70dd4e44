import { Chip, Group, Pill, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { getCustomer } from '../../../api/contract/customers.ts'
import { STATUSES, type Status } from '../../../rules/automations/automation.ts'
import { FindCustomer } from '../../canvas/panel/FindCustomer.tsx'
import { call } from '../../client/call.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { TagField } from '../../tags/TagField.tsx'
import { Field } from '../forms/Field.tsx'
import { PickField } from '../forms/PickField.tsx'
import { useSegmentChoices } from '../forms/useChoices.ts'
import type { Whom } from './whom.ts'

type Props = { whom: Whom; onChange: (whom: Partial<Whom>) => void }

/** All members of a segment now. */
export function EnterSegment({ whom, onChange }: Props) {
  const text = useText()
  const segments = useSegmentChoices()
  return (
    <PickField
      label={text('automation.field.segment')}
      value={whom.segment}
      choices={segments}
      onChange={(segment) => onChange({ segment })}
    />
  )
}

/** Customers found by name, one after the other. */
export function EnterCustomers({ whom: { customers }, onChange }: Props) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const add = async (id: string): Promise<void> => {
    if (customers.some((one) => one.id === id)) return
    try {
      const { name } = await client.fetchQuery({
        queryKey: ['customer', id],
        queryFn: ({ signal }) => call(getCustomer, { params: { id }, signal }),
        staleTime: 60_000,
      })
      onChange({ customers: [...customers, { id, name }] })
    } catch (error) {
      notifyProblem(error)
    }
  }
  return (
    <Stack gap="xs">
      <FindCustomer label={text('automation.walk.find')} onFollow={(id) => void add(id)} />
      {customers.length > 0 && (
        <Pill.Group>
          {customers.map(({ id, name }) => (
            <Pill
              key={id}
              withRemoveButton
              removeButtonProps={{ 'aria-label': text('automation.start.remove', { name }), tabIndex: 0 }}
              onRemove={() => onChange({ customers: customers.filter((one) => one.id !== id) })}
            >
              {name}
            </Pill>
          ))}
        </Pill.Group>
      )}
    </Stack>
  )
}

/** All whom a search finds: by words, status and tags. */
export function EnterSearch({ whom, onChange }: Props) {
  const text = useText()
  return (
    <Stack gap="xs">
      <TextInput
        label={text('automation.start.text')}
        value={whom.text}
        maxLength={200}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Field label={text('automation.field.status')}>
        <Chip.Group
          multiple
          value={[...whom.statuses]}
          onChange={(next) => onChange({ statuses: STATUSES.filter((one): one is Status => next.includes(one)) })}
        >
          <Group gap={6}>
            {STATUSES.map((status) => (
              <Chip key={status} value={status} size="xs">
                {text(`status.${status}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Field>
      <TagField label={text('automation.start.tags')} tags={[...whom.tags]} onChange={(tags) => onChange({ tags })} />
      <Text fz="xs" c="dimmed">
        {text('automation.start.search.hint')}
      </Text>
    </Stack>
  )
}
