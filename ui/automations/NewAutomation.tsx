import { Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createAutomation } from '../../api/contract/automations.ts'
import { automationGalleryQuery, automationQuery, automationsQuery } from '../client/automations.ts'
import { call, newKey } from '../client/call.ts'
import { RowsLoading } from '../shared/Loading.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import classes from './NewAutomation.module.css'

type Props = { opened: boolean; onClose: () => void }

/** A new automation: one of the gallery, or an empty one with a name. */
export function NewAutomation({ opened, onClose }: Props) {
  const text = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={text('automations.new')} size="lg">
      {opened && <Choices />}
    </Modal>
  )
}

function Choices() {
  const text = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const [language] = useLanguage()
  const [name, setName] = useState('')
  const gallery = useQuery(automationGalleryQuery(language))
  const { mutate, isPending } = useMutation({
    mutationFn: (asked: { name: string } | { gallery: string; language: typeof language }) =>
      call(createAutomation, { body: asked, idempotencyKey: newKey() }),
    onSuccess: (automation) => {
      client.setQueryData(automationQuery(automation.id).queryKey, automation)
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      void navigate({ to: '/automations/$id', params: { id: automation.id } })
    },
    onError: notifyProblem,
  })
  const called = name.trim()
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (called !== '') mutate({ name: called })
        }}
      >
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            label={text('automations.new.name')}
            value={name}
            maxLength={200}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={called === ''} loading={isPending}>
            {text('automations.new.empty')}
          </Button>
        </Group>
      </form>
      <Text fw={600} fz="sm">
        {text('automations.gallery')}
      </Text>
      {gallery.isPending && <RowsLoading rows={3} />}
      {(gallery.isError || gallery.data?.items.length === 0) && (
        <Text fz="sm" c="dimmed">
          {text('automations.gallery.none')}
        </Text>
      )}
      <ul className={classes.gallery} aria-label={text('automations.gallery')}>
        {gallery.data?.items.map((one) => (
          <li key={one.id}>
            <UnstyledButton
              className={classes.choice ?? ''}
              disabled={isPending}
              onClick={() => mutate({ gallery: one.id, language })}
            >
              <Text fw={600} fz="sm">
                {one.name}
              </Text>
              <Text fz="sm" c="dimmed">
                {one.description}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
