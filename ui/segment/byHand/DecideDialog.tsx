import { Button, Group, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decideMany } from '../../../api/contract/segmentMembers.ts'
import type { Segment } from '../../../api/contract/segments.ts'
import { call } from '../../client/call.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import { Effect } from './Effect.tsx'
import { type Decision, useNotifyUndo } from './useDecide.tsx'

const DECISIONS: readonly Decision[] = ['in', 'out', 'rule']

type Props = { segment: Segment; provider: string | undefined; onClose: () => void }

/** Puts many customers in, takes them out or leaves them to the rule, from a pasted list; says what it does before it does it. */
export function DecideDialog({ segment, provider, onClose }: Props) {
  const text = useText()
  const name = useSegmentWords().nameOf(segment)
  const notifyUndo = useNotifyUndo()
  const notifyProblem = useNotifyProblem()
  const [pasted, setPasted] = useState('')
  const [decision, setDecision] = useState<Decision>('in')
  const decide = (isDry: boolean) =>
    call(decideMany, {
      params: { id: segment.id },
      body: { text: pasted, decision, dry_run: isDry, ...(provider === undefined ? {} : { provider }) },
    })
  const check = useMutation({ mutationFn: () => decide(true), onError: notifyProblem })
  const save = useMutation({
    mutationFn: () => decide(false),
    onSuccess: ({ entered, left, before }) => {
      notifyUndo(text('byHand.done', { entered, left }), { segment: segment.id, provider }, before)
      onClose()
    },
    onError: notifyProblem,
  })
  const effect = check.data
  return (
    <Modal opened onClose={onClose} title={text('byHand.title', { name })} size="lg">
      <Stack>
        <Textarea
          label={text('byHand.text')}
          description={text('byHand.textHelp')}
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value)
            check.reset()
          }}
          autosize
          minRows={4}
          maxRows={12}
          data-autofocus
        />
        <SegmentedControl
          aria-label={text('byHand.decision')}
          value={decision}
          onChange={(value) => {
            setDecision(value)
            check.reset()
          }}
          data={DECISIONS.map((value) => ({ value, label: text(`byHand.${value}`) }))}
        />
        {effect ? (
          <Effect effect={effect} />
        ) : (
          <Text fz="sm" c="dimmed">
            {text('byHand.outranks')}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          {effect && effect.changed > 0 ? (
            <Button onClick={() => save.mutate()} loading={save.isPending}>
              {text('byHand.save', { count: effect.changed })}
            </Button>
          ) : (
            <Button onClick={() => check.mutate()} loading={check.isPending} disabled={pasted.trim() === ''}>
              {text('byHand.check')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
