import { createContext, use } from 'react'
import type { Messages as RuleWords } from '../../rules/words/messages.ts'
import { en } from '../../rules/words.ts'

/** The words of rules in the reader's language; undefined while that is English. */
export const RuleWordsContext = createContext<RuleWords | undefined>(undefined)

/** The words in which rules are said to the reader. */
export const useRuleWords = (): RuleWords => use(RuleWordsContext) ?? en
