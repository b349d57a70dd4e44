import { use } from 'react'
import type { Messages as RuleWords } from '../../rules/words/messages.ts'
import { en } from '../../rules/words.ts'
import { RuleWordsContext } from './RuleWordsContext.ts'

/** The words in which rules are said to the reader. */
export const useRuleWords = (): RuleWords => use(RuleWordsContext) ?? en
