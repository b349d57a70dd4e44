import type { Delivery } from '../../api/contract/customers.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './DeliveryItem.module.css'
import { detailOf, eventText, heldUntil, machineRule } from './events.ts'
import { useMachine } from './useMachine.ts'
import { useReason } from './useReason.ts'

/** Everything that happened to a message, in order, beginning with the moment when it was put in line. */
export function DeliveryEvents({ delivery }: { delivery: Delivery }) {
  const text = useText()
  const reasonOf = useReason()
  const machineOf = useMachine()
  const events = [{ type: 'queued', at: delivery.queued_at, detail: null }, ...delivery.events]
  return (
    <ol className={classes.events} aria-label={text('communication.events')}>
      {events.map((event) => {
        const id = eventText(event.type)
        const detail = detailOf(event.detail)
        const until = heldUntil(event.detail)
        const machine = machineRule(event.detail)
        return (
          <li key={`${event.type} ${event.at} ${JSON.stringify(event.detail)}`} className={classes.event}>
            <span className="numbers">
              <Instant at={event.at} time />
            </span>
            <span>
              {id ? text(id) : event.type}
              {machine !== null && <span className={classes.detail}> · {machineOf(machine)}</span>}
              {detail !== null && <span className={classes.detail}> · {reasonOf(detail)}</span>}
              {until !== null && (
                <span className={classes.detail}>
                  {' '}
                  {text('communication.heldUntil')} <Instant at={until} time />
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
