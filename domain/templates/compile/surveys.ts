import { DomUtils, parseDocument } from 'htmlparser2'
import type { OfferedAnswer } from './compiled.ts'
import { hasMark } from './mask.ts'
import type { Finding, Scan, Tag } from './scan.ts'

/** A name that links, rules and reports keep: not for people to read. */
const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/
const MAX_WORDS = 500
const MAX_ANSWERS = 20

/** Where an answer's place in the list of all is to be written into its tag. */
export type AnswerPlace = { offset: number; position: number }

/**
 * The answers that a masked source offers, in reading order. The words are fixed when a mail is sent, since the page behind
 * the link shows them again: no Liquid may stand in them.
 */
export function surveysOf(
  source: string,
  { tags }: Scan,
): { answers: OfferedAnswer[]; places: AnswerPlace[]; findings: Finding[] } {
  const answers: OfferedAnswer[] = []
  const places: AnswerPlace[] = []
  const findings: Finding[] = []
  const refuse = (offset: number, message: string) => findings.push({ offset, message })
  for (const survey of tags.filter(({ name }) => name === 'mj-survey')) {
    const name = key(survey, 'name', 'A survey needs a name', refuse)
    const question = words(survey.attributes.get('question')?.value ?? '', survey, 'A survey needs a question', refuse)
    const own = tags.filter((tag) => tag.name === 'mj-survey-answer' && tag.parent === survey)
    if (own.length === 0)
      refuse(survey.start, 'A survey needs answers: <mj-survey-answer value="…">words</mj-survey-answer>')
    if (own.length > MAX_ANSWERS) refuse(survey.start, `A survey may have ${MAX_ANSWERS} answers`)
    const seen = new Set<string>()
    for (const tag of own) {
      const answer = key(tag, 'value', 'An answer needs a value', refuse)
      const label = words(plainText(source.slice(tag.end, tag.close)), tag, 'An answer needs words', refuse)
      if (seen.has(answer) && answer !== '') refuse(tag.start, `This survey has the answer “${answer}” already`)
      seen.add(answer)
      places.push({ offset: tag.start + '<mj-survey-answer'.length, position: answers.length })
      answers.push({ survey: name, question, answer, label })
    }
  }
  return { answers, places, findings }
}

type Refuse = (offset: number, message: string) => void

function key(tag: Tag, attribute: string, missing: string, refuse: Refuse): string {
  const found = tag.attributes.get(attribute)
  if (found === undefined || found.value === '') refuse(tag.start, `${missing}: ${attribute}="…"`)
  else if (!KEY.test(found.value)) refuse(found.start, `“${attribute}” may have 1 to 64 of a-z 0-9 -`)
  else return found.value
  return ''
}

function words(text: string, tag: Tag, missing: string, refuse: Refuse): string {
  if (text === '') refuse(tag.start, missing)
  else if (hasMark(text))
    refuse(tag.start, 'No Liquid may stand in the words of a survey: they are shown again on its page')
  else if (text.length > MAX_WORDS) refuse(tag.start, `The words of a survey may have ${MAX_WORDS} characters`)
  return text
}

const plainText = (html: string) =>
  DomUtils.textContent(parseDocument(html, { decodeEntities: true }))
    .replace(/\s+/g, ' ')
    .trim()
