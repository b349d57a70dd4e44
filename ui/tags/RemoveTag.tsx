import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getTagUses } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'
import { TagUses } from './TagUses.tsx'
import { useTagging } from './useTagging.tsx'

/** Takes a tag off everybody, after pointing out what names it: that would find nobody any more. */
export function RemoveTag({ tag, onClose }: { tag: string; onClose: () => void }) {
  const text = useText()
  const uses = useQuery({
    queryKey: ['tags', 'uses', tag],
    queryFn: ({ signal }) => call(getTagUses, { query: { tag }, signal }),
    gcTime: 0,
  })
  const tagging = useTagging({ search: { filter: { tag: [tag] } } }, onClose)
  return (
    <Modal opened onClose={onClose} title={text('tags.removeTitle', { tag })}>
      <Stack>
        <Text fz="sm">{text('tags.removeText')}</Text>
        <TagUses title={text('tags.removeUses')} uses={uses.data?.items ?? []} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button
            color="red"
            disabled={uses.isPending}
            loading={tagging.isPending}
            onClick={() => tagging.mutate({ add: [], remove: [tag] })}
          >
            {text('tags.removeAct')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
