import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createErasure } from '../../api/contract/erasures.ts'
import { call } from '../client/call.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { erasuresQuery } from './erasuresQuery.ts'

type Props = { customer: string; name: string; onClose: () => void; onErased: () => void }

/** Says what goes and what stays, and erases once the name has been typed. */
export function EraseDialog({ customer, name, onClose, onErased }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const same = (one: string) => one.normalize('NFC').replace(/\s+/g, ' ').trim()
  const erase = useMutation({
    mutationFn: () => call(createErasure, { body: { customer, name: typed } }),
    onSuccess: async () => {
      onErased()
      await queries.invalidateQueries({ queryKey: erasuresQuery.queryKey })
      queries.removeQueries({ queryKey: ['customer', customer] })
      await queries.invalidateQueries({ queryKey: ['customers'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (same(typed) === same(name)) erase.mutate()
  }
  return (
    <Modal opened onClose={onClose} title={text('privacy.eraseTitle', { name })} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <Text fz="sm">{text('privacy.goes')}</Text>
          <Text fz="sm">{text('privacy.stays')}</Text>
          <TextInput
            label={text('privacy.typeName', { name })}
            value={typed}
            autoComplete="off"
            data-autofocus
            error={erase.error ? problemText(erase.error) : undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" color="red" loading={erase.isPending} disabled={same(typed) !== same(name)}>
              {text('privacy.eraseNow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
