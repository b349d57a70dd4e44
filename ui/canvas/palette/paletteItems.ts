import type { CatalogueFact } from '../edit/catalogueTypes.ts'

/** One line of the palette: a fact, or one of its operators where that is what was looked for. */
export type PaletteItem = {
  readonly key: string
  readonly fact: CatalogueFact
  readonly is?: string
  readonly label: string
}

export type PaletteGroup = { readonly group: string; readonly items: readonly PaletteItem[] }

/** Letters as they are compared: “Réservation” is found by “reserv”. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * What the palette offers for what was typed, by group of facts in the order of the catalogue: all facts when nothing
 * was; else those whose words hold each word typed, and single operators where one of the words is only theirs
 * (“membership cancelled”).
 * @param groupName the words for a group, which are looked in as well
 */
export function paletteItems(
  facts: readonly CatalogueFact[],
  typed: string,
  groupName: (group: string) => string,
): PaletteGroup[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  const groups = new Map<string, PaletteItem[]>()
  for (const fact of facts) {
    const items = itemsOf(fact, wanted, plain(`${fact.label} ${groupName(fact.group)}`))
    if (items.length > 0) groups.set(fact.group, [...(groups.get(fact.group) ?? []), ...items])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}

function itemsOf(fact: CatalogueFact, wanted: readonly string[], said: string): PaletteItem[] {
  const rest = wanted.filter((word) => !said.includes(word))
  if (rest.length === 0) return [{ key: fact.fact, fact, label: fact.label }]
  return fact.operators
    .filter(({ label, choices }) => {
      const words = plain([label, ...(choices ?? []).map((choice) => choice.label)].join(' '))
      return rest.every((word) => words.includes(word))
    })
    .map(({ is, label }) => ({ key: `${fact.fact} ${is}`, fact, is, label: `${fact.label} ${label}` }))
}
