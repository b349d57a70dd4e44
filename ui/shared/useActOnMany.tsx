import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useNotifyProblem } from './notify.ts'
import { type Undoable, useUndoNotice } from './useUndoNotice.tsx'

/** After this long somebody is told that it goes on without them, in milliseconds. */
const PATIENCE = 800

type Act<Input, Answer> = {
  readonly run: (input: Input) => Promise<Answer>
  /** What is said while it goes on. */
  readonly going: string
  readonly done: (answer: Answer) => Omit<Undoable, 'refresh'>
  /** Asks again for what it changes. */
  readonly refresh: () => void
  readonly onDone: () => void
}

/**
 * An act on many, done as one by the server: a notice says that it goes on, wherever in the product one has gone meanwhile,
 * and then what it did, with a button that undoes it.
 */
export function useActOnMany<Input, Answer>({ run, going, done, refresh, onDone }: Act<Input, Answer>) {
  const notifyUndo = useUndoNotice()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: async (input: Input) => {
      let place: string | undefined
      const patience = setTimeout(() => {
        place = `going-${crypto.randomUUID()}`
        notifications.show({ id: place, message: going, loading: true, autoClose: false, withCloseButton: false })
      }, PATIENCE)
      try {
        const answer = await run(input)
        notifyUndo({ ...done(answer), refresh }, place)
        return answer
      } catch (error) {
        if (place !== undefined) notifications.hide(place)
        throw error
      } finally {
        clearTimeout(patience)
      }
    },
    onSuccess: () => {
      refresh()
      onDone()
    },
    onError: notifyProblem,
  })
}
