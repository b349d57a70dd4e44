import { type Doing, everybody } from '../act.ts'

/** Those whose wait is over go on. */
export const passWait: Doing<'wait'> = async (_trx, { whom }) => everybody(whom)

/** The same for a wait until an hour or a date. */
export const passWaitUntil: Doing<'wait_until'> = async (_trx, { whom }) => everybody(whom)

/** Those for whom it has happened go one way, those whose time is over the other. */
export const passWaitFor: Doing<'wait_for'> = async (_trx, { version: { walk }, step, whom }) =>
  whom.map((who) => {
    const way = who.stands === 'heard' ? 'then' : 'else'
    return { who, to: walk.into(step.id, way), outcome: way }
  })
