import { use } from 'react'
import { automationsEn } from '../../rules/automations/words/en.ts'
import type { Messages as RuleWords } from '../../rules/words/messages.ts'
import { en } from '../../rules/words.ts'
import { RuleWordsContext } from './RuleWordsContext.ts'

const english: RuleWords = { ...en, ...automationsEn }

/** The words in which rules and automations are said to the reader. */
export const useRuleWords = (): RuleWords => use(RuleWordsContext) ?? english
