const isMac = () => typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** `Mod+Shift+S` as keyboards write it: Ctrl+Shift+S, on a Mac ⌘⇧S. */
export function shownKeys(keys: string): string {
  if (!isMac()) return keys.replace('Mod', 'Ctrl')
  return keys.replace('Mod', '⌘').replace('Shift', '⇧').replaceAll('+', '')
}

/** `Mod+Shift+S` as `aria-keyshortcuts` takes it. */
export function spokenKeys(keys: string): string {
  return keys.replace('Mod', isMac() ? 'Meta' : 'Control')
}
