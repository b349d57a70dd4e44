import type { Editor } from '@tiptap/react'

/** Puts the caret into an editor at once. Tiptap's own command waits a frame, in which what is typed goes elsewhere. */
export function focusNow(editor: Editor): void {
  editor.view.focus()
}
