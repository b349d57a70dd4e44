import { Extension } from '@tiptap/core'

type Options = { onLink: () => void; onToolbar: () => void }

/** The keys that StarterKit has not: Ctrl/⌘ K for a link, Alt F10 to the toolbar. */
export const Shortcuts = Extension.create<Options>({
  name: 'shortcuts',
  addOptions: () => ({ onLink: () => {}, onToolbar: () => {} }),
  addKeyboardShortcuts() {
    const run = (act: () => void) => () => {
      act()
      return true
    }
    return { 'Mod-k': run(this.options.onLink), 'Alt-F10': run(this.options.onToolbar) }
  },
})
