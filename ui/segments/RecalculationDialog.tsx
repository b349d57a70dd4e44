import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { FormattedMessage } from 'react-intl'
import { changeSegment, recomputeSegment, type Segment } from '../../api/contract/segments.ts'
import { NIGHTLY_AT } from '../../rules/recalculation.ts'
import { call } from '../client/call.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { Instant } from '../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'

type Mode = Segment['recalculation']['mode']
const MODES: readonly Mode[] = ['live', 'hourly', 'nightly', 'by_hand']

export type Recalculated = Pick<
  Segment,
  'id' | 'name' | 'recalculation' | 'last_recalculated_at' | 'next_recalculation_at'
>

type Props = { segment: Recalculated; opened: boolean; onClose: () => void }

/** How and when a segment is recalculated, when it was and will be, and that it is to be so now. */
export function RecalculationDialog({ segment, opened, onClose }: Props) {
  const text = useText()
  const name = useSegmentWords().nameOf(segment)
  return (
    // a row that holds the dialogue must not take a click in it for one of its own
    <Modal
      opened={opened}
      onClose={onClose}
      title={text('recalculation.title', { name })}
      onClick={(event) => event.stopPropagation()}
    >
      {opened && <Choosing segment={segment} onClose={onClose} />}
    </Modal>
  )
}

function Choosing({ segment, onClose }: Omit<Props, 'opened'>) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [mode, setMode] = useState<Mode>(segment.recalculation.mode)
  const [at, setAt] = useState(segment.recalculation.at ?? NIGHTLY_AT)
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: segmentQuery(segment.id).queryKey })
    void queries.invalidateQueries({ queryKey: segmentsQuery.queryKey })
  }
  const save = useMutation({
    mutationFn: () =>
      call(changeSegment, {
        params: { id: segment.id },
        body: { recalculation: mode === 'nightly' ? { mode, at } : { mode } },
      }),
    onSuccess: () => {
      refresh()
      onClose()
    },
    onError: notifyProblem,
  })
  const now = useMutation({
    mutationFn: () => call(recomputeSegment, { params: { id: segment.id } }),
    onSuccess: () => {
      refresh()
      notifyDone(text('recalculation.begun'))
      onClose()
    },
    onError: notifyProblem,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Radio.Group
          aria-label={text('segments.recalculation')}
          value={mode}
          onChange={(value) => setMode(MODES.find((one) => one === value) ?? 'live')}
        >
          <Stack gap="sm">
            {MODES.map((one) => (
              <Radio
                key={one}
                value={one}
                label={text(`recalculation.${one}`)}
                description={text(`recalculation.${one}Help`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {mode === 'nightly' && (
          <TextInput
            type="time"
            w={140}
            label={text('recalculation.at')}
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
            required
          />
        )}
        <Text fz="sm" c="dimmed">
          {mode !== 'live' && text('recalculation.exceptions')}
        </Text>
        <Times segment={segment} />
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" px={6} onClick={() => now.mutate()} loading={now.isPending}>
            {text('recalculation.now')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {text('action.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

/** When it was recalculated last, and when the clock will next. */
function Times({ segment }: { segment: Recalculated }) {
  const text = useText()
  const { last_recalculated_at: last, next_recalculation_at: next } = segment
  return (
    <Group gap="lg" fz="sm">
      <span>
        <FormattedMessage
          id="recalculation.last"
          values={{ at: last === null ? text('recalculation.never') : <Instant at={last} time /> }}
        />
      </span>
      {next !== null && (
        <span>
          <FormattedMessage id="recalculation.next" values={{ at: <Instant at={next} time /> }} />
        </span>
      )}
    </Group>
  )
}
