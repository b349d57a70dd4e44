import { type Day, dayOf } from '../../rules/time.ts'
import { useSession } from '../client/session.ts'
import { useNow } from '../shared/useNow.ts'

/** The business's day, wherever the reader is. */
export function useToday(): Day {
  const now = useNow()
  const { business } = useSession()
  return dayOf(now, business.time_zone)
}
