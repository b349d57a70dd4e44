import type { MoveStep } from '../../../rules/automations/edits/steps.ts'

/** Everything that keys do to an automation. */
export type Act = MoveStep | 'add' | 'above' | 'way' | 'wrap' | 'duplicate' | 'remove' | 'siblings' | 'fold' | 'help'

const PLAIN: Readonly<Record<string, Act>> = {
  '/': 'add',
  b: 'above',
  o: 'way',
  g: 'wrap',
  d: 'duplicate',
  f: 'fold',
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
  // `/` and `?` need Shift on some keyboards; letters with it are not ours.
  return shiftKey && /^[a-z]$/.test(name) ? undefined : PLAIN[name]
}

/** The keys in words, by what they do. */
export const KEYS = [
  ['arrows', '↑ ↓ ← →'],
  ['extend', 'Shift ↑ ↓ ← →'],
  ['edit', 'Enter'],
  ['add', '/'],
  ['above', 'B'],
  ['way', 'O'],
  ['wrap', 'G'],
  ['move', 'M'],
  ['step', 'Alt ↑ ↓'],
  ['inOut', 'Alt → ←'],
  ['duplicate', 'D'],
  ['remove', 'Delete'],
  ['clipboard', 'Ctrl C X V'],
  ['siblings', 'Ctrl A'],
  ['fold', 'F'],
  ['undo', 'Ctrl Z'],
  ['redo', 'Ctrl Y'],
  ['save', 'Ctrl S'],
  ['zoom', '+ − 0'],
  ['leave', 'Esc'],
  ['help', '?'],
] as const
