import { SaidLine } from './editing/SaidLine.tsx'
import { ShortcutsDialog } from './editing/ShortcutsDialog.tsx'
import type { Clipboard } from './editing/useClipboard.ts'
import type { Editing } from './editing/useEditing.ts'
import { Palette } from './palette/Palette.tsx'

type Props = {
  editing: Editing
  clipboard: Clipboard
  /** Whom the rule catches now; undefined while that is not known. */
  count: number | undefined
  /** The palette was closed without a choice: the focus goes back. */
  onBack: () => void
}

/** What opens over the rule while it is edited: the palette and the list of keys; and what is said about edits. */
export function EditingDialogs({ editing, clipboard, count, onBack }: Props) {
  return (
    <>
      <Palette
        place={editing.adding}
        onAdd={editing.add}
        onPaste={(place) => {
          editing.addAt(null)
          clipboard.pasteAt(place)
        }}
        onClose={() => {
          editing.addAt(null)
          onBack()
        }}
      />
      <ShortcutsDialog opened={editing.helping} onClose={() => editing.setHelping(false)} />
      <SaidLine said={editing.said} count={count} />
    </>
  )
}
