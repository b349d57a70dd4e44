import type { TreeAct } from './acts.ts'

/** Everything that keys do to the rule. */
export type Act = TreeAct | 'add' | 'above' | 'beside' | 'siblings' | 'look' | 'help'

const PLAIN: Readonly<Record<string, Act>> = {
  '/': 'add',
  b: 'above',
  o: 'beside',
  i: 'invert',
  g: 'group',
  t: 'turn',
  d: 'duplicate',
  l: 'look',
  delete: 'remove',
  backspace: 'remove',
  '?': 'help',
}

const WITH_ALT: Readonly<Record<string, Act>> = {
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'out',
  arrowright: 'in',
}

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** What a key means on a card of the canvas or a line of the outline; undefined for keys that are not ours. */
export function actOfKey({ key, shiftKey, altKey, ctrlKey, metaKey }: Key): Act | undefined {
  const name = key.toLowerCase()
  if (ctrlKey || metaKey) return name === 'a' && !altKey && !shiftKey ? 'siblings' : undefined
  if (altKey) return WITH_ALT[name]
  if (shiftKey && name === 'g') return 'ungroup'
  // `/` and `?` need Shift on some keyboards; letters with it are not ours.
  return shiftKey && /^[a-z]$/.test(name) ? undefined : PLAIN[name]
}
