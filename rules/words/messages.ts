/**
 * The words of one language, as data. A key is looked up from the most special to the most general:
 * `card.last_booking.attended.set`, `card.last_booking.set`, `card.set`.
 *
 * In a text `{name}` stands for a value that can be changed, `[name|words]` for fixed words that stand for a value that
 * can be changed (the operator, mostly), `*words*` for what is said with weight. In a clause `{parameters}` is the place
 * of what parameters add (“in the last 12 months”), where that is not the end; words between stars don't reach over it.
 * `#` in the words for a period is its number.
 */
export type Messages = Readonly<Record<string, string>>

/** What has an id in rules and a name for people. */
type Named = 'segment' | 'campaign' | 'template' | 'automation'

/** What words depend on besides the rule. */
export type WordOptions = {
  readonly messages: Messages
  /** BCP 47, for numbers, days and plurals. */
  readonly locale: string
  /** ISO 4217, for money. */
  readonly currency: string
  /** Names of things that a rule mentions by id, by what they are; without one the id is said. */
  readonly names?: Readonly<Partial<Record<Named, Readonly<Record<string, string>>>>>
}

/** The first of the keys that has a text. */
export function firstText(messages: Messages, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = messages[key]
    if (text !== undefined) return text
  }
  return undefined
}

/** `customer_group` → `Customer group`: the label of a choice, and what is said of a name that the catalogue doesn't have. */
export function humanize(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
