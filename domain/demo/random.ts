/** Random numbers from a seed: the same seed gives the same numbers on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('There is nothing to pick from')
    return item
  }

  /** One of the choices, each as often as its weight says. */
  weighted<Item>(choices: readonly (readonly [item: Item, weight: number])[]): Item {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of choices) {
      left -= weight
      if (left < 0) return item
    }
    return this.pick(choices)[0]
  }

  /** How often something happens that happens so often on average (Poisson). */
  times(average: number): number {
    const limit = Math.exp(-average)
    let count = 0
    for (let product = this.next(); product > limit; product *= this.next()) count++
    return count
  }
}
