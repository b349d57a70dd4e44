import {
  type Icon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconClearFormatting,
  IconItalic,
  IconList,
  IconListNumbers,
  IconSeparatorHorizontal,
  IconStrikethrough,
  IconUnderline,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/react'
import type { MessageId } from '../../messages/index.ts'

/** A button of the toolbar that acts on the selection at once. */
export type ToolSpec = {
  id: string
  label: MessageId
  icon: Icon
  /** As `aria-keyshortcuts` has it; `Mod` is Control, on a Mac Meta. */
  keys: string | null
  run: (editor: Editor) => void
  /** For those that are on or off: whether it is on at the selection. */
  isOn?: (editor: Editor) => boolean
  canRun?: (editor: Editor) => boolean
}

const at = (editor: Editor) => editor.chain().focus()

export const HISTORY: readonly ToolSpec[] = [
  {
    id: 'undo',
    label: 'composer.tool.undo',
    icon: IconArrowBackUp,
    keys: 'Mod+Z',
    run: (editor) => at(editor).undo().run(),
    canRun: (editor) => editor.can().undo(),
  },
  {
    id: 'redo',
    label: 'composer.tool.redo',
    icon: IconArrowForwardUp,
    keys: 'Mod+Shift+Z',
    run: (editor) => at(editor).redo().run(),
    canRun: (editor) => editor.can().redo(),
  },
]

export const MARKS: readonly ToolSpec[] = [
  {
    id: 'bold',
    label: 'composer.tool.bold',
    icon: IconBold,
    keys: 'Mod+B',
    run: (editor) => at(editor).toggleBold().run(),
    isOn: (editor) => editor.isActive('bold'),
  },
  {
    id: 'italic',
    label: 'composer.tool.italic',
    icon: IconItalic,
    keys: 'Mod+I',
    run: (editor) => at(editor).toggleItalic().run(),
    isOn: (editor) => editor.isActive('italic'),
  },
  {
    id: 'underline',
    label: 'composer.tool.underline',
    icon: IconUnderline,
    keys: 'Mod+U',
    run: (editor) => at(editor).toggleUnderline().run(),
    isOn: (editor) => editor.isActive('underline'),
  },
  {
    id: 'strike',
    label: 'composer.tool.strike',
    icon: IconStrikethrough,
    keys: 'Mod+Shift+S',
    run: (editor) => at(editor).toggleStrike().run(),
    isOn: (editor) => editor.isActive('strike'),
  },
]

export const BLOCKS: readonly ToolSpec[] = [
  {
    id: 'bullets',
    label: 'composer.tool.bullets',
    icon: IconList,
    keys: 'Mod+Shift+8',
    run: (editor) => at(editor).toggleBulletList().run(),
    isOn: (editor) => editor.isActive('bulletList'),
  },
  {
    id: 'numbers',
    label: 'composer.tool.numbers',
    icon: IconListNumbers,
    keys: 'Mod+Shift+7',
    run: (editor) => at(editor).toggleOrderedList().run(),
    isOn: (editor) => editor.isActive('orderedList'),
  },
  {
    id: 'quote',
    label: 'composer.tool.quote',
    icon: IconBlockquote,
    keys: 'Mod+Shift+B',
    run: (editor) => at(editor).toggleBlockquote().run(),
    isOn: (editor) => editor.isActive('blockquote'),
  },
  {
    id: 'rule',
    label: 'composer.tool.rule',
    icon: IconSeparatorHorizontal,
    keys: null,
    run: (editor) => at(editor).setHorizontalRule().run(),
  },
  {
    id: 'clear',
    label: 'composer.tool.clear',
    icon: IconClearFormatting,
    keys: null,
    run: (editor) => at(editor).unsetAllMarks().clearNodes().run(),
  },
]
