import type { Extensions } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { StarterKit } from '@tiptap/starter-kit'
import { checkLink } from '../links/checkLink.ts'
import { MergeTag, type MergeTagRequest } from '../mergeTags/mergeTagNode.ts'
import type { PasteReport } from '../paste/report.ts'
import { PasteCleaning } from './pasteCleaning.ts'
import { ProblemMarks } from './problemMarks.ts'
import { Shortcuts } from './shortcuts.ts'

type Options = {
  placeholder: string
  onAskMergeTag: (request: MergeTagRequest) => void
  onCleaned: (report: PasteReport) => void
  onLink: () => void
  onToolbar: () => void
}

/** What a message may be made of: the nodes and marks of the contract and nothing else. */
export function messageExtensions(options: Options): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      code: false,
      codeBlock: false,
      link: {
        openOnClick: false,
        defaultProtocol: 'https',
        HTMLAttributes: { target: null, rel: null },
        isAllowedUri: (address) => checkLink(address, { asWritten: true }).ok,
      },
    }),
    Placeholder.configure({ placeholder: options.placeholder }),
    MergeTag.configure({ onAsk: options.onAskMergeTag }),
    PasteCleaning.configure({ onCleaned: options.onCleaned }),
    Shortcuts.configure({ onLink: options.onLink, onToolbar: options.onToolbar }),
    ProblemMarks,
  ]
}
