import { createContext } from 'react'
import type { Messages as RuleWords } from '../../rules/words/messages.ts'

/** The words of rules in the reader's language; undefined while that is English. */
export const RuleWordsContext = createContext<RuleWords | undefined>(undefined)
