import { oneLine } from './cleanText.ts'
import { type Compiled, compileLiquid, type LiquidValues } from './liquid.ts'
import { type MergeData, mergeValues } from './mergeTags.ts'
import { subjectLiquid } from './subject.ts'
import { footerWords, type MailLanguage } from './words.ts'

/**
 * The addresses in one recipient's copy: where each link, the answers of surveys, the unsubscribe link and the open pixel
 * lead, and before which the paths of our own pictures stand.
 */
export type MailLinks = {
  to: readonly string[]
  answers?: readonly string[]
  unsubscribe: string
  pixel: string | null
  base?: string
}

export type RenderedMessage = { subject: string; html: string; text: string }

/** A message parsed once, rendered for each recipient. */
export type MessageTemplate = (data: MergeData, language: MailLanguage, links: MailLinks) => RenderedMessage

/**
 * Parses a compiled message. The function that it returns renders it for one recipient: values are escaped, and the
 * subject is one line whatever they hold.
 */
export function messageTemplate(message: { subject: string; html: string; text: string }): MessageTemplate {
  const render = valuesTemplate(message)
  return (data, language, links) =>
    render(mailValues(mergeValues(data), data.business.name, language, links), links.pixel)
}

/** Adds what every mail has to the values of merge tags: the words at its foot and its links. */
export function mailValues(
  values: LiquidValues,
  business: string,
  language: MailLanguage,
  links: MailLinks,
): LiquidValues {
  const { to, answers = [], unsubscribe, base = '' } = links
  return {
    ...values,
    footer: footerWords(language, business),
    links: { to, answers, unsubscribe, preferences: unsubscribe, base },
  }
}

/** As {@link messageTemplate}, for values that are ready. */
export function valuesTemplate(message: {
  subject: string
  html: string
  text: string
}): (values: LiquidValues, pixel: string | null) => RenderedMessage {
  const subject = compileLiquid(subjectLiquid(message.subject), 'text')
  const text = compileLiquid(message.text, 'text')
  const html = withPixel(message.html)
  return (values, pixel) => ({ subject: oneLine(subject(values)), html: html(values, pixel), text: text(values) })
}

/** The pixel is ready HTML, which Liquid would escape: it goes in where the layout left its place. */
function withPixel(source: string): (values: Record<string, unknown>, pixel: string | null) => string {
  const [before = '', after = ''] = source.split('{{ pixel }}')
  const parts: [Compiled, Compiled] = [compileLiquid(before, 'html'), compileLiquid(after, 'html')]
  return (values, pixel) => {
    const image = pixel === null ? '' : `<img src="${pixel}" width="1" height="1" alt="" style="display:block">`
    return `${parts[0](values)}${image}${parts[1](values)}`
  }
}

/** A subject as one customer gets it. */
export function renderSubject(subject: string, data: MergeData): string {
  // most subjects hold no merge tag: nothing to compile
  if (!subject.includes('{')) return subject
  return oneLine(compileLiquid(subjectLiquid(subject), 'text')(mergeValues(data)))
}
