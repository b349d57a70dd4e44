import type { Content } from '../messages/checkContent.ts'
import type { TemplateChoice } from '../templates/templateMessage.ts'

/** What somebody wants to be sent: a content of their own, or a template. */
export type Written = Content | TemplateChoice
