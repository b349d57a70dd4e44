import { notifications } from '@mantine/notifications'
import { useProblemText } from './useProblemText.ts'

/** Says for a moment that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4_000 })
}

/** Says why something was not done. */
export function notifyRefused(message: string): void {
  notifications.show({ message, color: 'orange', autoClose: 8_000 })
}

/** For `onError` of a mutation: says what went wrong until it is closed. */
export function useNotifyProblem(): (error: unknown) => void {
  const problemText = useProblemText()
  return (error) => {
    notifications.show({ message: problemText(error), color: 'red', autoClose: 12_000 })
  }
}
