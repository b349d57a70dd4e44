import { z } from 'zod'
import { countRows } from '../counts.ts'
import type { Fact, Kind } from '../fact.ts'
import { window } from '../kinds.ts'
import { listed, plain, type Sql, sql } from '../sql.ts'

/** As templates name surveys and answers: their columns hold nothing else. */
const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/
const MOST = 100

const survey: Kind<string> = {
  schema: z.string().regex(KEY),
  allowed: 'the name of a survey, 1 to 64 of a-z 0-9 -',
  input: 'text',
  limits: { longest: 64, shape: KEY.source },
}

const answers: Kind<string[]> = {
  schema: z.array(z.string().regex(KEY)).min(1).max(MOST),
  allowed: `a list of 1 to ${MOST} answers, each 1 to 64 of a-z 0-9 -`,
  input: 'texts',
  limits: { most: MOST, longest: 64, shape: KEY.source },
}

/** What the customer answered to a question in a message; an answer that was changed counts no more. */
export const surveyAnswer: Fact = {
  label: 'Answer to a survey',
  group: 'messages',
  parameters: {
    survey: { label: 'survey', kind: survey, required: true },
    within: { label: 'within', kind: window },
  },
  operators: {
    any_of: { label: 'is any of', value: answers },
    none_of: { label: 'is none of', value: answers },
    set: { label: 'was given', value: null },
    not_set: { label: 'was not given', value: null },
  },
  compile(condition, context) {
    const among: Sql =
      condition.value === undefined ? plain('TRUE') : sql`x.answer IN ${listed(answers.schema.parse(condition.value))}`
    const counted = {
      table: 'survey_answers' as const,
      at: plain('x.answered_at'),
      meant: sql`x.survey = ${String(condition.survey)} AND x.replaced_at IS NULL AND ${among}`,
      adds: plain('1'),
    }
    const { number, ...flips } = countRows(counted, condition.within, context)
    const holds = sql`${number} > 0`
    const wanted = condition.is === 'any_of' || condition.is === 'set'
    return { holds: wanted ? holds : sql`NOT (${holds})`, value: number, ...flips }
  },
}
