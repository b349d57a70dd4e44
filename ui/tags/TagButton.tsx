import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tagCustomers } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'
import { TagField } from './TagField.tsx'
import { useTagging, type Whom } from './useTagging.tsx'

type Props = { whom: Whom; title: string; disabled?: boolean; onDone?: () => void }

/** Puts tags on many customers and takes others off, after saying for how many that changes something. */
export function TagButton({ whom, title, disabled = false, onDone }: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const close = () => setAsking(false)
  return (
    <>
      <Button variant="default" leftSection={<IconTag size={17} />} disabled={disabled} onClick={() => setAsking(true)}>
        {text('tag.act')}
      </Button>
      <Modal opened={asking} onClose={close} title={title}>
        {asking && (
          <Choosing
            whom={whom}
            onClose={close}
            onDone={() => {
              close()
              onDone?.()
            }}
          />
        )}
      </Modal>
    </>
  )
}

function Choosing({ whom, onClose, onDone }: { whom: Whom; onClose: () => void; onDone: () => void }) {
  const text = useText()
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  const tagging = useTagging(whom, onDone)
  const isEmpty = add.length === 0 && remove.length === 0
  const effect = useQuery({
    queryKey: ['tagging', whom, add, remove],
    queryFn: ({ signal }) => call(tagCustomers, { body: { ...whom, add, remove, dry_run: true }, signal }),
    enabled: !isEmpty,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  return (
    <Stack>
      <TagField label={text('tag.add')} tags={add} onChange={setAdd} autoFocus />
      <TagField label={text('tag.remove')} tags={remove} onChange={setRemove} />
      <Text fz="sm" c="dimmed" role="status" mih="1.5em">
        {!isEmpty &&
          effect.data &&
          text('tag.effect', { changed: effect.data.changed, customers: effect.data.customers })}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text('tag.cancel')}
        </Button>
        <Button disabled={isEmpty} loading={tagging.isPending} onClick={() => tagging.mutate({ add, remove })}>
          {text('tag.save')}
        </Button>
      </Group>
    </Stack>
  )
}
