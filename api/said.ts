import { Problem } from '../domain/errors.ts'
import type { Content } from '../domain/messages/checkContent.ts'
import type { TemplateChoice } from '../domain/templates/templateMessage.ts'

/** What a body says is to be sent. */
export type Said<Kind = Content> = {
  content?: Kind | undefined
  template?: string | undefined
  subject?: string | undefined
}

/** What is to be sent; the contract has made sure that it is one or the other. */
export function writtenOf<Kind>({ content, template, subject }: Said<Kind>): Kind | TemplateChoice {
  if (template !== undefined) return { template, ...(subject === undefined ? {} : { subject }) }
  if (content !== undefined) return content
  throw new Problem('invalid', 'Has to say what is sent: either “content” or “template”')
}
