import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { notifyDone, useNotifyProblem } from './notify.ts'
import { useText } from './useText.tsx'

/** How long a change can be taken back from its notice, in milliseconds. */
const STAYS = 12_000

/** What was done, and how it is taken back; `undo` is null where there is nothing to take back. */
export type Undoable = {
  readonly message: string
  readonly undo: (() => Promise<unknown>) | null
  /** What is said once it is taken back. */
  readonly undone: string
  /** Asks again for what taking it back changes. */
  readonly refresh: () => void
}

/**
 * Says what was done, with a button that undoes it.
 *
 * @returns takes what was done, and the id of a notice whose place this one takes
 */
export function useUndoNotice(): (done: Undoable, place?: string) => void {
  const text = useText()
  const notifyProblem = useNotifyProblem()
  return ({ message, undo, undone, refresh }, place) => {
    const takeBack = async (id: string, undo: () => Promise<unknown>): Promise<void> => {
      notifications.hide(id)
      try {
        await undo()
        refresh()
        notifyDone(undone)
      } catch (error) {
        notifyProblem(error)
      }
    }
    const id = place ?? `done-${crypto.randomUUID()}`
    const show = place === undefined ? notifications.show : notifications.update
    show({
      id,
      color: 'green',
      loading: false,
      withCloseButton: true,
      autoClose: STAYS,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <span>{message}</span>
          {undo !== null && (
            <Button variant="subtle" size="compact-sm" onClick={() => void takeBack(id, undo)}>
              {text('act.undo')}
            </Button>
          )}
        </Group>
      ),
    })
  }
}
