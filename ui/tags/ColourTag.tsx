import { Button, Group, Modal, Stack, UnstyledButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { setTagColour, TAG_COLOURS, type TagColour } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Tag.module.css'
import { groundOf, TagBadge } from './TagBadge.tsx'
import { tagsQuery } from './useKnownTags.ts'

type Props = { tag: string; colour: TagColour | null; onClose: () => void }

/** Chooses the colour of a tag; it is kept with the click. */
export function ColourTag({ tag, colour, onClose }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const save = useMutation({
    mutationFn: (next: TagColour | null) => call(setTagColour, { body: { tag, colour: next } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tagsQuery.queryKey }),
    onError: notifyProblem,
  })
  return (
    <Modal opened onClose={onClose} title={text('tags.colourTitle', { tag })}>
      <Stack>
        <div>
          <TagBadge tag={tag} colour={colour} maw="100%" />
        </div>
        <Group gap={10} role="group" aria-label={text('tags.colours')}>
          {TAG_COLOURS.map((one) => (
            <UnstyledButton
              key={one}
              className={classes.swatch}
              style={{ background: groundOf(one) }}
              aria-label={text(`tags.colour.${one}`)}
              title={text(`tags.colour.${one}`)}
              aria-pressed={one === colour}
              onClick={() => save.mutate(one)}
            />
          ))}
        </Group>
        <Group justify="flex-end">
          <Button variant="default" disabled={colour === null} onClick={() => save.mutate(null)}>
            {text('tags.noColour')}
          </Button>
          <Button onClick={onClose}>{text('action.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
