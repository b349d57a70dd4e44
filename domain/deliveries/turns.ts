import type { Channel } from './channels/channel.ts'

/** Whose message wants to go: what is urgent goes first, the others take turns by provider and then by campaign. */
export type Sender = { urgent: boolean; providerId: number; campaign: number }

/** A sender's messages that wait, in their order. */
type Lane = { sender: Sender; waiting: (() => void)[]; served: number }

/**
 * Who may use one of a channel's connections next. Providers take turns, campaigns of one provider take turns among
 * themselves, however many messages each has; what is urgent passes all of them, and one connection is kept for it.
 */
export class Turns {
  readonly #most: number
  #running = 0
  /** Those who have messages that wait, by campaign. */
  readonly #lanes = new Map<string, Lane>()
  /** How far each provider with messages that wait has been served. */
  readonly #providers = new Map<number, number>()

  /** @param most how many may go at once */
  constructor(most: number) {
    this.#most = most
  }

  /** Waits for a turn, runs an act, and passes the turn on. */
  async take<T>(sender: Sender, act: () => Promise<T>): Promise<T> {
    if (this.#mayGo(sender)) this.#running += 1
    else await new Promise<void>((go) => this.#laneOf(sender).waiting.push(go))
    try {
      return await act()
    } finally {
      this.#running -= 1
      this.#next()
    }
  }

  #mayGo({ urgent }: Sender): boolean {
    return this.#running < (urgent ? this.#most : Math.max(this.#most - 1, 1))
  }

  /** A newcomer begins where the others are: it gets no credit for the time in which it wanted nothing. */
  #laneOf(sender: Sender): Lane {
    const key = `${sender.campaign} ${sender.urgent}`
    const known = this.#lanes.get(key)
    if (known !== undefined) return known
    const others = [...this.#lanes.values()].filter((lane) => lane.sender.providerId === sender.providerId)
    const lane = { sender, waiting: [], served: others.length === 0 ? 0 : Math.min(...others.map(servedOf)) }
    if (others.length === 0) {
      this.#providers.set(sender.providerId, this.#providers.size === 0 ? 0 : Math.min(...this.#providers.values()))
    }
    this.#lanes.set(key, lane)
    return lane
  }

  #next(): void {
    let best: Lane | undefined
    for (const lane of this.#lanes.values()) {
      if (this.#mayGo(lane.sender) && (best === undefined || this.#before(lane, best))) best = lane
    }
    if (best === undefined) return
    const { sender } = best
    const go = best.waiting.shift()
    best.served += 1
    this.#providers.set(sender.providerId, (this.#providers.get(sender.providerId) ?? 0) + 1)
    if (best.waiting.length === 0) this.#close(sender)
    this.#running += 1
    go?.()
  }

  #before(one: Lane, other: Lane): boolean {
    if (one.sender.urgent !== other.sender.urgent) return one.sender.urgent
    const [provider, rival] = [one, other].map(({ sender }) => this.#providers.get(sender.providerId) ?? 0)
    if (one.sender.providerId !== other.sender.providerId) return (provider ?? 0) < (rival ?? 0)
    return one.served < other.served
  }

  #close(sender: Sender): void {
    this.#lanes.delete(`${sender.campaign} ${sender.urgent}`)
    for (const lane of this.#lanes.values()) if (lane.sender.providerId === sender.providerId) return
    this.#providers.delete(sender.providerId)
  }
}

const servedOf = ({ served }: Lane) => served

const turns = new WeakMap<object, Turns>()

/** The turns on a channel, which all campaigns of this process share. */
export function turnsOf(channel: Channel<never>): Turns {
  const known = turns.get(channel)
  if (known !== undefined) return known
  const made = new Turns(channel.concurrency)
  turns.set(channel, made)
  return made
}
