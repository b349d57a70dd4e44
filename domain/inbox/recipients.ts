/** What a mail server answers instead of taking a mail. */
export type Refusal = { code: number; words: string }

const DOMAIN = /@([^@]+)$/

const domainOf = (address: string) => DOMAIN.exec(address)?.[1]?.toLowerCase() ?? ''

/** Addresses at `bounce.test` don't exist: refused for good when they are named. */
export function refuseAddress(address: string): Refusal | null {
  if (domainOf(address) !== 'bounce.test') return null
  return { code: 550, words: `5.1.1 <${address}>: there is no such mailbox here` }
}

/** Mailboxes at `late-bounce.test` are taken for good ones, until the mail comes back. */
export const comesBack = (address: string): boolean => domainOf(address) === 'late-bounce.test'

const REFUSALS = 2
/** As many messages are remembered; a forgotten one is refused twice more. */
const MEMORY = 10_000

/** Plays the servers that put mail off: a message to `later.test` is refused twice for now, then taken. */
export class Greylist {
  private readonly seen = new Map<string, number>()

  /** Asked for each message when all of it has arrived. */
  refuse(recipients: readonly string[], messageId: string | null): Refusal | null {
    const later = recipients.filter((address) => domainOf(address) === 'later.test')
    if (later.length === 0) return null
    const key = `${messageId ?? ''} ${later.join(' ')}`
    const count = (this.seen.get(key) ?? 0) + 1
    this.seen.delete(key)
    this.seen.set(key, count)
    const [oldest] = this.seen.keys()
    if (this.seen.size > MEMORY && oldest !== undefined) this.seen.delete(oldest)
    return count > REFUSALS ? null : { code: 451, words: `4.7.1 Please try again later (${count} of ${REFUSALS})` }
  }
}
