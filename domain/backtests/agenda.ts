/** Who is to be looked at when: customers by instant, the earliest first. */
export class Agenda {
  readonly #customers = new Map<number, number[]>()
  /** The instants that are there, in order. */
  readonly #times: number[] = []

  put(at: Date, customer: number): void {
    const time = at.getTime()
    const there = this.#customers.get(time)
    if (there !== undefined) {
      there.push(customer)
      return
    }
    this.#customers.set(time, [customer])
    let place = this.#times.length
    while (place > 0 && (this.#times[place - 1] ?? 0) > time) place -= 1
    this.#times.splice(place, 0, time)
  }

  /** The earliest instant that has somebody, and who that is, each once; null when there is none up to an instant. */
  take(until: Date): { at: Date; customers: number[] } | null {
    const [time] = this.#times
    if (time === undefined || time > until.getTime()) return null
    this.#times.shift()
    const customers = [...new Set(this.#customers.get(time))]
    this.#customers.delete(time)
    return { at: new Date(time), customers }
  }
}
