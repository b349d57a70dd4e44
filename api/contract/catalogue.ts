import { z } from 'zod'
import { channel } from './common.ts'
import { endpoint } from './endpoint.ts'

const limits = z
  .object({
    min: z.number().optional(),
    max: z.number().optional(),
    whole: z.boolean().optional(),
    longest: z.int().optional().meta({ description: 'Characters of a text' }),
    shape: z.string().optional().meta({ description: 'A regular expression that each text matches' }),
    most: z.int().optional().meta({ description: 'Entries of a list' }),
    units: z
      .object({ days: z.int(), weeks: z.int(), months: z.int() })
      .optional()
      .meta({ description: 'Of a length of time: the largest number of each unit' }),
  })
  .meta({ id: 'CatalogueLimits' })

const valueChoice = z.object({
  value: z.string(),
  label: z.string(),
  count: z.int().optional().meta({ description: 'How many there are with it; left out while they are being counted' }),
})

/** One choice of a value, in the asked language. */
const choice = valueChoice.extend({
  type: z.string().optional().meta({ description: 'Of an attribute: the type of its values' }),
  values: z.array(valueChoice).optional().meta({ description: 'Of an attribute: the texts that it has' }),
})

const taken = {
  limits: limits.optional(),
  choices: z.array(choice).optional().meta({ description: 'Fixed values, or those that exist, commonest first' }),
}

const input = z.string().meta({
  description:
    'What is taken: texts, choices (some of the choices), choice (one of them), text, number, range, money, money_range (in minor units of the business’s currency), count, duration, days, window, ends, day, months, segment, campaign, template, automation',
})

/** One fact in the palette and the form of a condition, in the asked language. */
export const catalogueFact = z
  .object({
    fact: z.string(),
    label: z.string(),
    group: z.string().meta({ description: 'Kind of fact: gives the icon and colour' }),
    parameters: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        input,
        required: z.boolean(),
        usual: z.string().optional().meta({ description: 'What holds where it is left out' }),
        ...taken,
      }),
    ),
    operators: z.array(
      z.object({
        is: z.string(),
        label: z.string(),
        input: input.nullable(),
        type: z
          .string()
          .optional()
          .meta({ description: 'The type of the values that it compares, where a fact has several' }),
        ...taken,
      }),
    ),
  })
  .meta({ id: 'CatalogueFact' })

export const getCatalogue = endpoint({
  method: 'get',
  path: '/rules/catalogue',
  permission: 'segments.read',
  summary: 'Facts, parameters and operators in the asked language, with the values that exist and how many have them',
  query: z.object({ language: z.enum(['en', 'fr', 'it', 'de']).default('en') }),
  answer: z.object({ facts: z.array(catalogueFact), channels: z.array(channel) }),
})
