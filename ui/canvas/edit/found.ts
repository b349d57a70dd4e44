import type { Choices } from './catalogueTypes.ts'

/** More than can be read; the search finds the others. */
const MOST = 50

/** Letters as they are compared: “Zürich” is found by “zur”. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The choices whose words hold what was typed: those that begin with it first. */
export function found(choices: Choices, typed: string): Choices {
  const wanted = plain(typed)
  const matching = choices.filter(({ label, value }) => plain(label).includes(wanted) || plain(value).includes(wanted))
  const begins = ({ label }: Choices[number]): number => (plain(label).startsWith(wanted) ? 0 : 1)
  return matching.sort((a, b) => begins(a) - begins(b)).slice(0, MOST)
}
