import { Alert, Autocomplete, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { cleanTag, renameTag } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { TagUses } from './TagUses.tsx'
import { useKnownTags } from './useKnownTags.ts'

/** Gives a tag another name, or makes it one with another tag, after saying what that changes. */
export function RenameTag({ tag, onClose }: { tag: string; onClose: () => void }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const problemText = useProblemText()
  const known = useKnownTags()
  const [typed, setTyped] = useState(tag)
  const to = cleanTag(typed)
  const [settled] = useDebouncedValue(to, 250)
  const isNew = settled !== '' && settled !== tag
  const effect = useQuery({
    queryKey: ['tags', 'rename', tag, settled],
    queryFn: ({ signal }) => call(renameTag, { body: { tag, to: settled, dry_run: true }, signal }),
    enabled: isNew,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })
  const save = useMutation({
    mutationFn: () => call(renameTag, { body: { tag, to } }),
    onSuccess: ({ customers, merges }) => {
      void queries.invalidateQueries()
      notifyDone(text(merges ? 'tags.merged' : 'tags.renamed', { tag, to, count: customers }))
      onClose()
    },
    onError: notifyProblem,
  })
  const isCurrent = isNew && settled === to && effect.isSuccess && !effect.isPlaceholderData
  const merges = isCurrent && effect.data.merges
  return (
    <Modal opened onClose={onClose} title={text('tags.renameTitle', { tag })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isCurrent) save.mutate()
        }}
      >
        <Stack>
          <Autocomplete
            label={text('tags.newName')}
            description={text('tags.newNameHint')}
            data={known.map((one) => one.tag).filter((one) => one !== tag)}
            value={typed}
            onChange={setTyped}
            maxLength={100}
            limit={20}
            data-autofocus
          />
          <Stack gap="xs" aria-live="polite">
            {isNew && effect.isError && (
              <Text fz="sm" role="alert" c="var(--mantine-color-error)">
                {problemText(effect.error)}
              </Text>
            )}
            {isCurrent && <Text fz="sm">{text('tags.changes', { count: effect.data.customers })}</Text>}
            {isCurrent && <TagUses title={text('tags.follow', { to })} uses={effect.data.uses} />}
            {merges && (
              <Alert color="orange" title={text('tags.mergesTitle', { to })}>
                {text('tags.mergesText', { both: effect.data.both })}
              </Alert>
            )}
          </Stack>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button
              type="submit"
              disabled={!isCurrent}
              loading={save.isPending}
              {...(merges ? { color: 'orange.9' } : {})}
            >
              {text(merges ? 'tags.merge' : 'tags.renameAct')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
