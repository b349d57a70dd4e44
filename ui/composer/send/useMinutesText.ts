import { useText } from '../../shared/useText.tsx'

/** A length of time as people say it: minutes below an hour, hours else. */
export function useMinutesText(): (minutes: number) => string {
  const text = useText()
  return (minutes) =>
    minutes < 60 ? text('composer.minutes', { minutes }) : text('composer.hours', { hours: minutes / 60 })
}
