import { z } from 'zod'
import { externalId, instant, listOf, page } from './common.ts'
import { endpoint } from './endpoint.ts'

/** The name of a survey, as its element in a template says it, and the value of one of its answers. */
const surveyName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'Allowed are 1 to 64 of a-z 0-9 -')

const survey = z
  .object({
    id: surveyName,
    question: z.string().meta({ description: 'As it was asked last' }),
    total: z.int().meta({ description: 'How many have answered' }),
    comments: z.int().meta({ description: 'How many wrote more than the answer' }),
    last_at: instant,
    answers: z
      .array(z.object({ answer: z.string(), label: z.string(), count: z.int() }))
      .meta({ description: 'Most given first; who changed their mind counts with the last answer' }),
  })
  .meta({ id: 'Survey' })

export const listSurveys = endpoint({
  method: 'get',
  path: '/surveys',
  permission: 'surveys.read',
  summary: 'Surveys that were answered, with how many gave which answer',
  answer: z.object({ items: z.array(survey) }),
})

const surveyAnswer = z
  .object({
    id: z.string(),
    customer: z.object({ id: externalId, name: z.string() }),
    survey: z.string(),
    answer: z.string(),
    question: z.string().meta({ description: 'As the customer read it' }),
    label: z.string(),
    comment: z.string().nullable(),
    answered_at: instant,
    delivery: z.string().nullable(),
  })
  .meta({ id: 'SurveyAnswer' })

export const listSurveyAnswers = endpoint({
  method: 'get',
  path: '/surveys/{id}/answers',
  permission: 'surveys.read',
  summary: 'The answers to a survey that stand, newest first',
  params: z.object({ id: surveyName }),
  query: page.extend({ answer: surveyName.optional() }),
  answer: listOf(surveyAnswer),
})
