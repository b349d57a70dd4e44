import { Alert, Button, Group, Radio, Stack, Table, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CustomerProfile } from '../../../api/contract/customers.ts'
import { type MergePreview, type MergeSide, mergeCustomers, previewMerge } from '../../../api/contract/merges.ts'
import { call } from '../../client/call.ts'
import type { Person } from '../../rewards/CustomerSelect.tsx'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './Merge.module.css'
import { useFieldWords } from './useFieldWords.ts'
import { WhatHappens } from './WhatHappens.tsx'

type Props = { customer: CustomerProfile; other: Person; onBack: () => void; onClose: () => void }
type Choices = Record<string, MergeSide>

/** Both side by side, with who stays, whose value is taken, and what happens then. */
export function Compare({ customer, other, onBack, onClose }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  // the one with more bookings, until somebody says otherwise
  const [kept, keep] = useState<string | null>(null)
  const [fields, choose] = useState<Choices>({})
  const ask = (stays: string, chosen: Choices) => {
    const goes = stays === customer.id ? other.id : customer.id
    return call(previewMerge, { params: { id: stays }, body: { other: goes, fields: chosen } })
  }
  const preview = useQuery({
    queryKey: ['customer', customer.id, 'merge', other.id, kept, fields],
    queryFn: async () => {
      const seen = await ask(kept ?? customer.id, fields)
      return kept !== null || seen.suggested === customer.id ? seen : ask(seen.suggested, fields)
    },
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const merge = useMutation({
    mutationFn: ({ stays, goes }: MergePreview) =>
      call(mergeCustomers, { params: { id: stays.id }, body: { other: goes.id, fields } }),
    onSuccess: async ({ stays }, { stays: { name } }) => {
      notifyDone(text('merge.done', { name }))
      onClose()
      await navigate({ to: '/customers/$id', params: { id: stays }, search: { tab: 'timeline' } })
      await queries.invalidateQueries()
    },
    onError: notifyProblem,
  })
  const back = (
    <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={onBack}>
      {text('merge.back')}
    </Button>
  )
  if (preview.error) {
    return (
      <Stack>
        <ErrorState error={preview.error} onRetry={preview.refetch} />
        <Group>{back}</Group>
      </Stack>
    )
  }
  const seen = preview.data
  if (seen === undefined) return <RowsLoading rows={8} />
  return (
    <Stack gap="md" aria-busy={preview.isFetching}>
      <Radio.Group
        label={text('merge.whoStays')}
        description={text('merge.whoStaysText')}
        value={seen.stays.id}
        onChange={(id) => {
          // what was chosen is said of sides, and those change places
          choose({})
          keep(id)
        }}
      >
        <Group mt={8} gap="lg">
          {[customer, other].map(({ id, name }) => (
            <Radio key={id} value={id} label={`${name} · ${id}`} />
          ))}
        </Group>
      </Radio.Group>
      <Fields
        seen={seen}
        chosen={fields}
        onChoose={(field, side) => choose((before) => ({ ...before, [field]: side }))}
      />
      <WhatHappens seen={seen} />
      <Alert color="orange" variant="light">
        {text('merge.forEver', { id: seen.goes.id, name: seen.stays.name })}
      </Alert>
      <Group justify="space-between">
        {back}
        <Button color="red" loading={merge.isPending} disabled={preview.isFetching} onClick={() => merge.mutate(seen)}>
          {text('merge.act')}
        </Button>
      </Group>
    </Stack>
  )
}

type FieldsProps = {
  seen: MergePreview
  /** What somebody has just chosen, before the preview says so. */
  chosen: Choices
  onChoose: (field: string, side: MergeSide) => void
}

/** Where the two differ, whose value is taken; what only one has is taken from that one unless somebody says otherwise. */
function Fields({ seen, chosen, onChoose }: FieldsProps) {
  const text = useText()
  const { nameOf, wordsOf } = useFieldWords()
  const differing = seen.fields.filter(({ stays, goes }) => stays !== goes)
  const attributes = seen.attributes[0]
  if (differing.length === 0 && attributes === undefined) {
    return (
      <Text fz="sm" c="dimmed">
        {text('merge.sameProfile')}
      </Text>
    )
  }
  const row = (field: string, name: string, taken: MergeSide, values: Record<MergeSide, string>) => {
    const takes = chosen[field] ?? taken
    return (
      <Table.Tr key={field}>
        <Table.Th scope="row">{name}</Table.Th>
        {(['stays', 'goes'] as const).map((side) => (
          <Table.Td key={side} data-taken={takes === side || undefined}>
            <Radio
              name={`merge ${field}`}
              aria-label={`${name}: ${values[side]}`}
              label={values[side]}
              checked={takes === side}
              onChange={() => onChoose(field, side)}
            />
          </Table.Td>
        ))}
      </Table.Tr>
    )
  }
  return (
    <Table className={classes.compare} aria-label={text('merge.compare')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('merge.field')}</Table.Th>
          <Table.Th>{`${seen.stays.name} · ${seen.stays.id}`}</Table.Th>
          <Table.Th>{`${seen.goes.name} · ${seen.goes.id}`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differing.map(({ field, stays, goes, takes }) =>
          row(field, nameOf(field), takes, { stays: wordsOf(field, stays), goes: wordsOf(field, goes) }),
        )}
        {attributes !== undefined &&
          row('attributes', text('customer.attributes'), attributes.takes, {
            stays: seen.attributes.map(({ name, stays }) => `${name}: ${stays}`).join(', '),
            goes: seen.attributes.map(({ name, goes }) => `${name}: ${goes}`).join(', '),
          })}
      </Table.Tbody>
    </Table>
  )
}
