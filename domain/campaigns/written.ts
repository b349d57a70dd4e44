import type { Content } from '../messages/checkContent.ts'
import type { PushContent, SmsContent } from '../messages/shortMessage.ts'
import type { TemplateChoice } from '../templates/templateMessage.ts'

/** What somebody wants to be mailed: a content of their own, or a template. */
export type WrittenMail = Content | TemplateChoice

/** What somebody wants to be sent: a mail, or what telephones and browsers get. */
export type Written = WrittenMail | SmsContent | PushContent
