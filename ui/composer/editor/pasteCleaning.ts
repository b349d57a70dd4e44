import { Extension } from '@tiptap/core'
import { DOMParser } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { cleanPaste } from '../paste/cleanPaste.ts'
import { plainTextToHtml } from '../paste/plainText.ts'
import { nothingChanged, type PasteReport } from '../paste/report.ts'

type Options = { onCleaned: (report: PasteReport) => void }

/** Cleans everything that is pasted or dropped into the message, and tells what was changed. */
export const PasteCleaning = Extension.create<Options>({
  name: 'pasteCleaning',
  // Before the paste rules of the link mark, which look at what is left.
  priority: 1000,
  addOptions: () => ({ onCleaned: () => {} }),
  addProseMirrorPlugins() {
    const { onCleaned } = this.options
    const leaveOut = (data: DataTransfer | null, event: Event): boolean => {
      const files = [...(data?.files ?? [])]
      if (files.length === 0 || data?.types.includes('text/html') || data?.types.includes('text/plain')) return false
      // A browser would open the dropped file in place of the page.
      event.preventDefault()
      onCleaned({ ...nothingChanged(), images: files.length })
      return true
    }
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html) => {
            const cleaned = cleanPaste(html)
            onCleaned(cleaned.report)
            return cleaned.html
          },
          clipboardTextParser: (text, context, _plain, view) => {
            const holder = document.createElement('div')
            holder.innerHTML = plainTextToHtml(text)
            return DOMParser.fromSchema(view.state.schema).parseSlice(holder, { preserveWhitespace: true, context })
          },
          handlePaste: (_view, event) => leaveOut(event.clipboardData, event),
          handleDrop: (_view, event) => leaveOut(event.dataTransfer, event),
        },
      }),
    ]
  },
})
