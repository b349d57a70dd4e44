import type { DeliveryState } from '../deliveries/state.ts'

/** A message that has not come to an end: it may still go out, or somebody has to say whether it did. */
export const PENDING: readonly DeliveryState[] = ['queued', 'sending', 'unconfirmed']
